// SPDX-License-Identifier: Apache-2.0

package sqlite_test

import (
	"path/filepath"
	"testing"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/sqlite"
	"gatewayresponses/internal/store/storetest"
)

// open opens the store of a file, and closes it with the test.
func open(t testing.TB, file string) store.Store {
	t.Helper()
	return storetest.Open(t, sqlite.Open, file)
}

func TestContract(t *testing.T) {
	storetest.Contract(t, func(t testing.TB) func(testing.TB) store.Store {
		file := filepath.Join(t.TempDir(), "a store?#%.db")
		return func(t testing.TB) store.Store { return open(t, file) }
	})
}
