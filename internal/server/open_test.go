// SPDX-License-Identifier: Apache-2.0

package server

import (
	"os"
	"strings"
	"testing"
)

// TestNoStore: a store that cannot be opened is an error that names it, and leaves nothing behind.
func TestNoStore(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*Settings)
		want   string
	}{
		"PostgreSQL that is not there": {func(s *Settings) {
			s.Store, s.SealKey = "postgres://gwrd:hidden@127.0.0.1:1/gwrd", "seal.key"
		}, "PostgreSQL 127.0.0.1/gwrd: the store is not available: "},
		"a file that is none of ours": {func(s *Settings) {
			if err := os.WriteFile(s.database(), []byte(strings.Repeat("something else ", 100)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "gwrd.db: migrate: the file is damaged, or not one of gwrd; restore a backup into a new one: "},
	} {
		t.Run(name, func(t *testing.T) {
			settings := testSettings(t)
			test.change(&settings)
			s, err := Open(t.Context(), settings)
			if s != nil || err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hidden") {
				t.Errorf("server %v, error %v\nwant %s", s, err, test.want)
			}
		})
	}
}
