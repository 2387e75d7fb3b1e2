// SPDX-License-Identifier: Apache-2.0

// Package storetest gives tests a store, and holds what every store must do.
package storetest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/sqlite"
)

// New opens an empty store that is closed with the test.
func New(t testing.TB) store.Store {
	t.Helper()
	return Open(t, sqlite.Open, newFile(t))
}

// NewLosable opens an empty store as New does, and gives what takes it away, so that it is store.ErrUnavailable for changes from then on.
func NewLosable(t testing.TB) (s store.Store, lose func()) {
	t.Helper()
	file := newFile(t)
	return Open(t, sqlite.Open, file), func() {
		if err := os.Rename(file, file+"-lost"); err != nil {
			t.Error(err)
		}
	}
}

func newFile(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "gwrd.db")
}

// Open opens the store of a name, such as a file or an address, and closes it with the test.
func Open(t testing.TB, open func(ctx context.Context, name string) (store.Store, error), name string) store.Store {
	t.Helper()
	s, err := open(t.Context(), name)
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
