// SPDX-License-Identifier: Apache-2.0

//go:build control

package postgres_test

import (
	"testing"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/postgres"
	"gatewayresponses/internal/store/postgrestest"
	"gatewayresponses/internal/store/storetest"
)

// open opens the store at an address, and closes it with the test.
func open(t testing.TB, address string) store.Store {
	t.Helper()
	return storetest.Open(t, postgres.Open, address)
}

// migrated makes a schema with the tables of a store, and gives its address.
func migrated(t testing.TB, server *postgrestest.Server) string {
	t.Helper()
	address := server.Schema(t)
	if _, err := postgres.Migrate(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	return address
}

func TestContract(t *testing.T) {
	server := postgrestest.Start(t)
	storetest.Contract(t, func(t testing.TB) func(testing.TB) store.Store {
		address := migrated(t, server)
		return func(t testing.TB) store.Store { return open(t, address) }
	})
}
