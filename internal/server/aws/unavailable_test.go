// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store/storetest"
)

// TestUnavailable: a change that the store cannot make is answered as one that AWS's tools try again.
func TestUnavailable(t *testing.T) {
	on, lose := storetest.NewLosable(t)
	s := newStackOn(t, on)
	create := func() answer {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/restapis", strings.NewReader(`{"name":"pet"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+s.keys[auth.Admin])
		return s.do(t, r)
	}
	if got := create(); got.status != http.StatusCreated {
		t.Fatalf("status %d: %s", got.status, got.body)
	}
	lose()
	got := create()
	if got.status != http.StatusServiceUnavailable || got.header.Get("X-Amzn-Errortype") != "ServiceUnavailableException" ||
		got.header.Get("Retry-After") != "1" || string(got.body) != `{"message":"Service Unavailable"}` {
		t.Errorf("status %d, headers %v: %s", got.status, got.header, got.body)
	}
}
