// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"errors"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"

	"gatewayresponses/internal/waittest"
)

// codeOf is the code of an error as AWS's SDK gives it; empty without an error.
func codeOf(t *testing.T, err error) string {
	t.Helper()
	var said interface{ ErrorCode() string }
	if err != nil && !errors.As(err, &said) {
		t.Fatal(err)
	}
	if err == nil {
		return ""
	}
	return said.ErrorCode()
}

// TestDev holds that a server with --dev takes the keys that tests against stand-ins of AWS use, and another server does not.
func TestDev(t *testing.T) {
	for _, tc := range []struct {
		flags []string
		want  string
	}{
		{[]string{"--dev"}, ""},
		{nil, "UnrecognizedClientException"},
	} {
		_, err := startGwrd(t, tc.flags...).clientWith("test", "test").CreateRestApi(t.Context(), &apigateway.CreateRestApiInput{Name: aws.String("shop")})
		if got := codeOf(t, err); got != tc.want {
			t.Errorf("with %v: %v, want %q", tc.flags, err, tc.want)
		}
	}
}

// TestKeys holds that keys are made and revoked beside a server that runs: it takes a new one at once, within its rights, and no longer than seconds
// after it was revoked.
func TestKeys(t *testing.T) {
	g := startGwrd(t)
	ctx := t.Context()
	keys := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("../../dist/gwrd", append([]string{"keys", "--data", g.data}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("gwrd keys %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	file := filepath.Join(t.TempDir(), "alice")
	keys("create", "alice", "--role", "read", "--file", file)
	id, secret := keyIn(t, file)
	alice := g.clientWith(id, secret)
	if _, err := alice.GetRestApis(ctx, nil); err != nil {
		t.Error(err)
	}
	if _, err := alice.CreateRestApi(ctx, &apigateway.CreateRestApiInput{Name: aws.String("shop")}); codeOf(t, err) != "AccessDeniedException" {
		t.Errorf("the role read makes an API: %v", err)
	}
	if list := keys("list"); !strings.Contains(list, id) || strings.Contains(list, secret) {
		t.Errorf("the list of keys:\n%s", list)
	}
	keys("revoke", id)
	waittest.Within(t, 5*time.Second, "a key that was revoked is refused", func() bool {
		_, err := alice.GetRestApis(ctx, nil)
		return err != nil && codeOf(t, err) == "UnrecognizedClientException"
	})
}

// TestBearer holds that the first key is there in one word, too, for tools that sign nothing.
func TestBearer(t *testing.T) {
	g := startGwrd(t)
	id, secret := keyIn(t, g.config)
	for authorization, want := range map[string]int{
		"Bearer gwr_" + id + "_" + secret:       http.StatusOK,
		"Bearer gwr_" + id + "_" + secret + "x": http.StatusForbidden,
		"":                                      http.StatusForbidden,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, g.url+"/restapis", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", authorization)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil || answer.StatusCode != want {
			t.Errorf("%.12q: %d, %v, want %d", authorization, answer.StatusCode, err, want)
		}
	}
}
