// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/pace"
	"gatewayresponses/internal/server/who"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
)

// stack is a server with everything that is behind it, on SQLite.
type stack struct {
	url     string
	control *control.Control
	// keys are bearer keys by role.
	keys map[auth.Role]string
}

// owner is who sets up tests.
var owner = control.Caller{Name: "test", Rights: auth.Everything()}

// account is what AWS's recorded answers have for the number of an account.
const account = "000000000000"

func newStack(t testing.TB) *stack {
	t.Helper()
	return newStackOn(t, storetest.New(t))
}

func newStackOn(t testing.TB, on store.Store) *stack {
	t.Helper()
	return newStackOf(t, on, control.Options{})
}

// newStackOf is newStackOn with some options of what is behind the server.
func newStackOf(t testing.TB, on store.Store, options control.Options) *stack {
	t.Helper()
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	options.Account, options.Region, options.Sealer = account, "us-east-1", sealer
	c := control.New(on, options)
	handler := New(Options{Control: c, Authenticate: who.New(who.Options{Keys: c}).Caller, Admit: pace.New(10_000, 10_000).Admit})
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s := &stack{url: server.URL, control: c, keys: map[auth.Role]string{}}
	for _, role := range []auth.Role{auth.Read, auth.Edit, auth.Deploy, auth.Admin} {
		name := string(role)
		key, err := c.CreateKey(t.Context(), owner, control.KeyInput{Name: &name, Rights: &auth.Rights{Role: role, Hosts: []string{"*"}}})
		if err != nil {
			t.Fatal(err)
		}
		s.keys[role] = key.Bearer
	}
	return s
}

// answer is an answer that was read.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request as it is written: a path is not made anew of what it decodes to.
func (s *stack) do(t *testing.T, r *http.Request) answer {
	t.Helper()
	got, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{got.StatusCode, got.Header, body}
}
