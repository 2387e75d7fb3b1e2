// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
)

// TestUnavailable: a change that the store cannot make is answered as one to try again.
func TestUnavailable(t *testing.T) {
	on, lose := storetest.NewLosable(t)
	s := newStackOn(t, on)
	lose()
	got := s.send(s.admin, http.MethodPut, "/v1/gateways/edge", "{}")
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") != "1" || got.get("type").String() != "/v1/problem-kinds/unavailable" {
		t.Errorf("status %d, headers %v: %s", got.status, got.header, got.body)
	}
}

// TestUnsure: nobody is told that nothing was changed when nobody knows.
func TestUnsure(t *testing.T) {
	p, isOurs := problemOf(fmt.Errorf("PostgreSQL: %w", errors.Join(store.ErrUnknown)))
	if p.kind != unsure || !isOurs {
		t.Errorf("%+v, ours %t", p, isOurs)
	}
}
