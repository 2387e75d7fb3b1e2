// SPDX-License-Identifier: Apache-2.0

//go:build control

package postgres_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/postgres"
	"gatewayresponses/internal/store/postgrestest"
	"gatewayresponses/internal/store/storetest"
)

func TestSchema(t *testing.T) {
	server := postgrestest.Start(t)
	storetest.Schema(t, func(t testing.TB) storetest.Database {
		address := server.Schema(t)
		return storetest.Database{
			Migrate: func() error {
				_, err := postgres.Migrate(t.Context(), address)
				return err
			},
			Exec: func(statement string) error { return exec(t, address, statement) },
			Open: func(t testing.TB) (store.Store, error) {
				s, err := postgres.Open(t.Context(), address)
				if s != nil {
					t.Cleanup(func() { _ = s.Close() })
				}
				return s, err
			},
		}
	})
	t.Run("not migrated", func(t *testing.T) {
		_, err := postgres.Open(t.Context(), server.Schema(t))
		if want := "the schema was not made yet: run gwrd migrate"; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	})
	t.Run("migrated twice", func(t *testing.T) {
		address := server.Schema(t)
		for _, first := range []bool{true, false} {
			names, err := postgres.Migrate(t.Context(), address)
			if err != nil || len(names) > 0 != first {
				t.Errorf("migrations %q, error %v", names, err)
			}
		}
	})
}

// exec runs a statement by a connection of its own.
func exec(t testing.TB, address, statement string) error {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	_, err = conn.Exec(t.Context(), statement)
	return err
}
