// SPDX-License-Identifier: Apache-2.0

//go:build browser

package console_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/oidctest"
	"gatewayresponses/internal/server"
)

// TestBrowser runs the tests in console/test, each file in a real browser at a server of its own: TestBrowser/edit is edit.test.mjs.
func TestBrowser(t *testing.T) {
	const tests = "../../console"
	if _, err := os.Stat(filepath.Join(tests, "node_modules")); err != nil {
		t.Fatalf("%v; run make test-browser, which installs what they need", err)
	}
	files, err := filepath.Glob(filepath.Join(tests, "test", "*.test.mjs"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests: %v", err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".test.mjs"), func(t *testing.T) {
			var change []func(*server.Settings)
			if name == "provider.test.mjs" {
				change = append(change, withProvider(t))
			}
			v := newVisitor(t, change...)
			if name == "deploy.test.mjs" {
				v.nodes()
			}
			run := exec.CommandContext(t.Context(), "node", "--test", "--test-reporter=spec", filepath.Join("test", name))
			run.Dir = tests
			run.Env = append(os.Environ(), "SERVER="+v.url, "KEY="+v.key)
			report, err := run.CombinedOutput()
			t.Logf("%s", report)
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// withProvider makes a server let in whom a provider signs in, and listen where that sends browsers back to.
func withProvider(t *testing.T) func(*server.Settings) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	address := free.Addr().String()
	people := signsIn(t, oidctest.New(t), "http://"+address, "staff=admin")
	return func(s *server.Settings) {
		s.HTTP.Address = address
		people(s)
	}
}
