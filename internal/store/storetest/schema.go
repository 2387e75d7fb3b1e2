// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"strings"
	"testing"

	"gatewayresponses/internal/store"
)

// Database is a place for a store that tests also reach by SQL.
type Database struct {
	// Migrate makes the schema, or brings it up to date.
	Migrate func() error
	// Exec runs a statement.
	Exec func(statement string) error
	// Open opens a store there, which is closed with the test.
	Open func(t testing.TB) (store.Store, error)
}

// NextVersion is what the next version of a server may do to the schema, so that this one still runs on it.
var NextVersion = []string{
	"ALTER TABLE records ADD COLUMN made bigint NOT NULL DEFAULT 0",
	"ALTER TABLE notes ADD COLUMN made bigint",
	"CREATE TABLE more (id bigint PRIMARY KEY, what text NOT NULL)",
	"CREATE INDEX records_made ON records (made)",
	"INSERT INTO migrations (number, name, runs, at) VALUES (99, '0099_next.sql', 1, 0)",
}

// Schema holds that a store runs on the schema of the next version of the server, and refuses one that it cannot bear.
func Schema(t *testing.T, fresh func(t testing.TB) Database) {
	t.Run("the next version", func(t *testing.T) {
		Contract(t, func(t testing.TB) func(testing.TB) store.Store {
			db := migrated(t, fresh)
			run(t, db, NextVersion...)
			if err := db.Migrate(); err != nil {
				t.Fatal(err)
			}
			return func(t testing.TB) store.Store {
				t.Helper()
				s, err := db.Open(t)
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
		})
	})
	t.Run("too new", func(t *testing.T) {
		db := migrated(t, fresh)
		run(t, db, "INSERT INTO migrations (number, name, runs, at) VALUES (99, '0099_next.sql', 98, 0)")
		refused(t, db, "the schema has 99 migrations and needs a gwrd that knows 98 of them, but this one knows ")
	})
	t.Run("migrated by many", func(t *testing.T) {
		db := fresh(t)
		failed := make(chan error)
		for range 8 {
			go func() { failed <- db.Migrate() }()
		}
		for range 8 {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		if _, err := db.Open(t); err != nil {
			t.Error(err)
		}
	})
}

func migrated(t testing.TB, fresh func(t testing.TB) Database) Database {
	t.Helper()
	db := fresh(t)
	if err := db.Migrate(); err != nil {
		t.Fatal(err)
	}
	return db
}

func run(t testing.TB, db Database, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func refused(t testing.TB, db Database, want string) {
	t.Helper()
	s, err := db.Open(t)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if s != nil {
		t.Error("there is a store beside the error")
	}
}
