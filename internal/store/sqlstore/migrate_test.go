// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"regexp"
	"strings"
	"testing"
)

var (
	// adding are the statements that a migration may have: they leave alone what servers of the version before use.
	adding = regexp.MustCompile(`^(CREATE (TABLE|INDEX) [a-z_]+ |ALTER TABLE [a-z_]+ ADD COLUMN |INSERT INTO )`)
	// column is a line of a table.
	column = regexp.MustCompile(`^[a-z]+ (text|bigint|bytea)( NOT NULL)?( DEFAULT \S+)?( PRIMARY KEY)?,?$`)
)

// TestMigrations holds the migrations against what package store and the servers of the version before need.
func TestMigrations(t *testing.T) {
	for i, m := range known {
		if m.number != int64(i)+1 {
			t.Errorf("%s: want number %d", m.name, i+1)
		}
		if m.runs > m.number || m.runs < max(1, m.number-1) {
			t.Errorf("%s: servers that know %d migrations can run on it; want its own number, or the one before", m.name, m.runs)
		}
		for _, statement := range m.statements {
			statement = withoutComments(statement)
			if !adding.MatchString(statement) {
				t.Errorf("%s: %s: does not only add", m.name, statement)
			}
			if strings.HasPrefix(statement, "CREATE TABLE") {
				checkColumns(t, m.name, statement)
			}
		}
	}
}

func checkColumns(t *testing.T, name, statement string) {
	t.Helper()
	lines := strings.Split(statement, "\n")
	for _, line := range lines[1 : len(lines)-1] {
		if line = strings.TrimSpace(line); !column.MatchString(line) && !strings.HasPrefix(line, "PRIMARY KEY (") {
			t.Errorf("%s: %s: want a column of type text, bigint or bytea", name, line)
		}
	}
}

func withoutComments(statement string) string {
	var lines []string
	for line := range strings.SplitSeq(statement, "\n") {
		if !strings.HasPrefix(line, "--") {
			lines = append(lines, line)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// TestReadMigration holds what is said of a migration that is not written as others are.
func TestReadMigration(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"no number":     {"records.sql", runsPrefix + "1\n", "its name has no number"},
		"no first line": {"0001_records.sql", "CREATE TABLE records (id bigint);\n", "its first line is not"},
		"no count":      {"0001_records.sql", runsPrefix + "all\n", "its first line is not"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readMigration(test.file, test.text); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}
