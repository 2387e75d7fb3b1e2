// SPDX-License-Identifier: Apache-2.0

// Package storetest gives tests a store, and holds what every store must do.
package storetest

import (
	"path/filepath"
	"testing"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/sqlite"
)

// New opens an empty store that is closed with the test.
func New(t testing.TB) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "gwrd.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
