// SPDX-License-Identifier: Apache-2.0

// Package storetest gives tests a store, and holds what every store must do.
package storetest

import (
	"os"
	"path/filepath"
	"testing"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/sqlite"
)

// New opens an empty store that is closed with the test.
func New(t testing.TB) store.Store {
	t.Helper()
	return openFile(t, newFile(t))
}

// NewLosable opens an empty store as New does, and gives what takes it away, so that it is store.ErrUnavailable for changes from then on.
func NewLosable(t testing.TB) (s store.Store, lose func()) {
	t.Helper()
	file := newFile(t)
	return openFile(t, file), func() {
		if err := os.Rename(file, file+"-lost"); err != nil {
			t.Error(err)
		}
	}
}

func newFile(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "gwrd.db")
}

func openFile(t testing.TB, file string) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), file)
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
