// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/cli"
	"gatewayresponses/internal/golden"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"gwr": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs the commands of gwr that ask a server against one. In a script $GWR_SERVER is the server, admin-key and read-key are
// files with keys, $API is an API that is deployed and bound, and "ask METHOD PATH [BODY]" is a request of the administrator.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireUniqueNames: true, UpdateScripts: *golden.Update,
		Setup: func(env *testscript.Env) error { return setup(t, env) },
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"ask": ask},
	})
}

// stackKey is where scripts have their server.
type stackKey struct{}

// setup starts the server of a script.
func setup(t *testing.T, env *testscript.Env) error {
	s := newStack(t)
	server := httptest.NewServer(s)
	env.Defer(server.Close)
	env.Values[stackKey{}] = s
	env.Setenv("GWR_SERVER", server.URL)
	api := s.api(t, "shop")
	env.Setenv("API", api)
	s.send(s.admin, "POST", "/v1/hosts", `{"host": "shop.example.com"}`)
	if got := s.send(s.admin, "PUT", "/v1/hosts/shop.example.com/bindings/(none)", `{"api": "`+api+`", "stage": "prod"}`); got.status != 200 {
		return fmt.Errorf("the binding: status %d: %s", got.status, got.body)
	}
	for name, key := range map[string]string{"admin-key": s.admin, "read-key": s.key(t, auth.Rights{Role: auth.Read})} {
		if err := os.WriteFile(filepath.Join(env.WorkDir, name), []byte(key+"\n"), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// ask sends a request of the administrator, and prints the body. With ! in front it must be refused.
func ask(ts *testscript.TestScript, neg bool, args []string) {
	s, _ := ts.Value(stackKey{}).(*stack)
	if len(args) < 2 {
		ts.Fatalf("ask METHOD PATH [BODY]")
	}
	body := ""
	if len(args) > 2 {
		body = args[2]
	}
	got := s.send(s.admin, args[0], args[1], body)
	if _, err := io.WriteString(ts.Stdout(), got.body); err != nil {
		ts.Fatalf("%v", err)
	}
	if isRefused := got.status >= 400; isRefused != neg {
		ts.Fatalf("%v: status %d: %s", args, got.status, got.body)
	}
}
