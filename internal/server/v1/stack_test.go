// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/who"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
	"gatewayresponses/internal/tryrequest"
)

// stack is a server on a store of its own, with nothing left out.
type stack struct {
	*Server
	control *control.Control
	// admin is the bearer form of a key with all rights.
	admin string
	// keys is how many keys were made.
	keys int
}

// newStack makes a stack.
func newStack(t testing.TB) *stack {
	t.Helper()
	return newStackOn(t, storetest.New(t))
}

func newStackOn(t testing.TB, on store.Store) *stack {
	t.Helper()
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	tries, err := tryrequest.New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := control.New(on, control.Options{Account: "123456789012", Region: "eu-west-1", Sealer: sealer, Tries: tries})
	s := &stack{Server: New(Options{Control: c, Authenticate: who.New(who.Options{Keys: c}).Caller}), control: c}
	s.admin = s.key(t, auth.Everything())
	envoy := httptest.NewServer(s.envoy())
	t.Cleanup(envoy.Close)
	if err := c.AllowEnvoy(tryrequest.Target{Gateway: "default", Name: "edge", URL: envoy.URL}); err != nil {
		t.Fatal(err)
	}
	return s
}

// key makes a key with some rights and a name of its own, in its bearer form.
func (s *stack) key(t testing.TB, rights auth.Rights) string {
	t.Helper()
	s.keys++
	name := fmt.Sprintf("key %d", s.keys)
	made, err := s.control.CreateKey(t.Context(), control.Caller{Name: "test", Rights: auth.Everything()}, control.KeyInput{Name: &name, Rights: &rights})
	if err != nil {
		t.Fatal(err)
	}
	return made.Bearer
}

// reply is an answer of the server.
type reply struct {
	status int
	header http.Header
	body   string
}

// get is a value in the body, by its path as gjson has it.
func (r *reply) get(path string) gjson.Result { return gjson.Get(r.body, path) }

// send sends a request with a key. Headers are "name: value"; a body is JSON unless they say something else.
func (s *stack) send(key, method, path, body string, headers ...string) *reply {
	return s.sendIn(context.Background(), key, method, path, body, headers...)
}

// sendIn sends a request that lasts as long as a context.
func (s *stack) sendIn(ctx context.Context, key, method, path, body string, headers ...string) *reply {
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if body != "" {
		r.Header.Set("Content-Type", mediaJSON)
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code >= 400 && !isKnown(w.Code, gjson.Get(w.Body.String(), "type").String()) {
		panic("a problem that docs/api.md does not explain: " + w.Body.String())
	}
	return &reply{w.Code, w.Header(), w.Body.String()}
}

// isKnown reports whether the page explains a problem.
func isKnown(status int, link string) bool {
	for _, k := range kinds {
		if link == problemKinds+k.kind {
			return k.status == status
		}
	}
	return false
}
