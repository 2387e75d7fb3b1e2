// SPDX-License-Identifier: Apache-2.0

package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/sqlite"
	"gatewayresponses/internal/store/storetest"
)

func TestSchema(t *testing.T) {
	storetest.Schema(t, func(t testing.TB) storetest.Database {
		file := filepath.Join(t.TempDir(), "gwrd.db")
		return storetest.Database{
			Migrate: func() error {
				s, err := sqlite.Open(t.Context(), file)
				if err != nil {
					return err
				}
				return s.Close()
			},
			Exec: func(statement string) error {
				db, err := sql.Open("sqlite", file)
				if err != nil {
					return err
				}
				defer db.Close()
				_, err = db.ExecContext(t.Context(), statement)
				return err
			},
			Open: func(t testing.TB) (store.Store, error) {
				s, err := sqlite.Open(t.Context(), file)
				if s != nil {
					t.Cleanup(func() { _ = s.Close() })
				}
				return s, err
			},
		}
	})
}
