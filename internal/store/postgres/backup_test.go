// SPDX-License-Identifier: Apache-2.0

//go:build control

package postgres_test

import (
	"bytes"
	"testing"
	"time"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/backup"
	"gatewayresponses/internal/store/postgrestest"
	"gatewayresponses/internal/store/storetest"
)

// TestBackup: what SQLite keeps goes to PostgreSQL, and back.
func TestBackup(t *testing.T) {
	server := postgrestest.Start(t)
	stores := []store.Store{storetest.New(t), open(t, migrated(t, server)), storetest.New(t)}
	for range 50 {
		if _, err := storetest.Count(t.Context(), stores[0]); err != nil {
			t.Fatal(err)
		}
	}
	var first []byte
	for i, s := range stores {
		if i > 0 {
			done, err := backup.Restore(t.Context(), s, bytes.NewReader(first))
			if err != nil || done.Records != 51 || done.Entries != 50 {
				t.Fatalf("store %d: %+v, error %v", i, done, err)
			}
		}
		var text bytes.Buffer
		if _, err := backup.Write(t.Context(), s, &text, time.Time{}); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text.Bytes()
		}
		if !bytes.Equal(first, text.Bytes()) {
			t.Errorf("the backup of store %d is not that of the first", i)
		}
		if last := storetest.Counted(t, s); last != 50 {
			t.Errorf("the last number is %d, want 50", last)
		}
	}
}
