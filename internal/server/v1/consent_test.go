// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
)

// TestConsent goes the way of a change that waits for somebody else, as callers of the API see it.
func TestConsent(t *testing.T) {
	s := newStack(t)
	api := s.api(t, "shop")
	other := s.key(t, auth.Rights{Role: auth.Deploy})
	s.send(s.admin, "POST", "/v1/hosts", `{"host": "shop.example.com"}`)
	if got := s.send(s.admin, "PUT", "/v1/gateways/default", `{"consent": "required"}`); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	got := s.send(s.admin, "PUT", "/v1/hosts/shop.example.com/bindings/(none)", `{"api": "`+api+`", "stage": "prod"}`)
	if said := got.get("unreleased").String(); got.status != http.StatusOK || !strings.HasPrefix(said, "default: revision 1 waits for the consent of somebody else") {
		t.Errorf("%d %s: %q", got.status, got.body, said)
	}
	if got := s.send(other, "GET", "/v1/gateways/default/standing", ""); got.get("inForce").Int() != 0 || got.get("waiting.revision").Int() != 1 || got.get("waiting.authors.0").String() != "key 1" || got.get("waiting.own").Bool() {
		t.Errorf("what the other sees: %s", got.body)
	}
	if got := s.send(other, "GET", "/v1/gateways/default/diff", ""); got.get("to").Int() != 1 || got.get("changes.stages.0.stage").String() != "prod" {
		t.Errorf("what differs: %s", got.body)
	}
	limited := s.key(t, auth.Rights{Role: auth.Deploy, APIs: []string{api}})
	if got := s.send(limited, "GET", "/v1/gateways/default/standing", ""); got.get("waiting.revision").Int() != 1 || got.get("waiting.authors").Exists() || got.get("waiting.causes").Exists() {
		t.Errorf("what a key for one API sees: %s", got.body)
	}
	for name, tc := range map[string]struct {
		key, body string
		status    int
		kind      string
	}{
		"one's own":          {s.admin, `{"revision": 1}`, 403, "access-denied"},
		"another revision":   {other, `{"revision": 2}`, 409, "conflict"},
		"a key for one API":  {limited, `{"revision": 1}`, 403, "access-denied"},
		"no revision":        {other, `{}`, 400, "bad-input"},
		"an end nobody asks": {other, `{"revision": 1, "ends": true}`, 409, "conflict"},
	} {
		if got := s.send(tc.key, "PUT", "/v1/gateways/default/consent", tc.body); got.status != tc.status || got.get("type").String() != problemKinds+tc.kind {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	if got := s.send(other, "PUT", "/v1/gateways/default/consent", `{"revision": 1, "why": "right"}`); got.status != http.StatusOK || got.get("inForce").Int() != 1 || got.get("consented.by").String() != "key 2" || got.get("waiting").Exists() {
		t.Errorf("consented: %d %s", got.status, got.body)
	}
}
