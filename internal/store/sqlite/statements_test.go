// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"database/sql"
	"path/filepath"
	"testing"
)

// TestKeptStatements runs statements again that a connection has prepared, with other values and after a failure, and holds that none is kept
// that acts when it is prepared.
func TestKeptStatements(t *testing.T) {
	db, err := open(filepath.Join(t.TempDir(), "db"), "deferred", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	run := func(text string, args ...any) error {
		_, err := conn.ExecContext(t.Context(), text, args...)
		return err
	}
	const insert, find = "INSERT INTO t (id, name) VALUES ($1, $2)", "SELECT name FROM t WHERE id = $1"
	if err := run("CREATE TABLE t (id bigint PRIMARY KEY, name text)"); err != nil {
		t.Fatal(err)
	}
	if err := run(insert, 1, "one"); err != nil {
		t.Fatal(err)
	}
	if err := run(insert, 1, "again"); err == nil {
		t.Error("a key is inserted twice")
	}
	if err := run(insert, 2, "two"); err != nil {
		t.Errorf("after a failure: %v", err)
	}
	// What is kept outlives a change of the tables.
	if err := run("ALTER TABLE t ADD COLUMN more text"); err != nil {
		t.Error(err)
	}
	for id, want := range map[int]string{1: "one", 2: "two"} {
		var name string
		if err := conn.QueryRowContext(t.Context(), find, id).Scan(&name); err != nil || name != want {
			t.Errorf("the name of %d is %q, %v; want %q", id, name, err, want)
		}
	}
	for _, level := range []string{"NORMAL", "FULL", "NORMAL", "FULL"} {
		if err := run("PRAGMA synchronous = " + level); err != nil {
			t.Fatal(err)
		}
		var got int
		if err := conn.QueryRowContext(t.Context(), "PRAGMA synchronous").Scan(&got); err != nil || got != map[string]int{"NORMAL": 1, "FULL": 2}[level] {
			t.Errorf("synchronous = %s gives %d, %v", level, got, err)
		}
	}
	checkKept(t, conn, insert, find)
}

// checkKept holds that a connection keeps these statements, and no others.
func checkKept(t *testing.T, conn *sql.Conn, texts ...string) {
	t.Helper()
	err := conn.Raw(func(of any) error {
		kept := of.(*keeper).kept
		for _, text := range texts {
			if kept[text] == nil {
				t.Errorf("%q is not kept", text)
			}
		}
		if len(kept) != len(texts) {
			t.Errorf("%d statements are kept, want %d", len(kept), len(texts))
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
