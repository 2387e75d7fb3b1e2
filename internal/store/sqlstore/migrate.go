// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema. Migrations only add, so that a server that does not know the last one runs on it.
type migration struct {
	number int64
	// name is that of its file.
	name string
	// runs is how many migrations a server must know at least to run on the schema that this one makes.
	runs       int64
	statements []string
}

// runsPrefix begins the first line of a migration.
const runsPrefix = "-- Servers that know this many migrations can run on it: "

var known = mustReadMigrations()

func mustReadMigrations() []migration {
	files, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic(err)
	}
	migrations := make([]migration, len(files))
	for i, file := range files {
		text, err := migrationFiles.ReadFile(file)
		if err != nil {
			panic(err)
		}
		if migrations[i], err = readMigration(path.Base(file), string(text)); err != nil {
			panic(err)
		}
	}
	return migrations
}

func readMigration(name, text string) (migration, error) {
	m := migration{name: name}
	number, _, _ := strings.Cut(name, "_")
	first, rest, _ := strings.Cut(text, "\n")
	var err error
	if m.number, err = strconv.ParseInt(number, 10, 64); err != nil {
		return m, fmt.Errorf("migration %s: its name has no number: %w", name, err)
	}
	runs, ok := strings.CutPrefix(first, runsPrefix)
	if m.runs, err = strconv.ParseInt(runs, 10, 64); err != nil || !ok {
		return m, fmt.Errorf("migration %s: its first line is not %q and a number", name, runsPrefix)
	}
	for statement := range strings.SplitSeq(rest, ";\n") {
		if statement = strings.TrimSpace(statement); statement != "" {
			m.statements = append(m.statements, statement)
		}
	}
	return m, nil
}

// Migrate brings the schema of a database to what this server knows, and says which migrations it has run. A schema that is newer it leaves as it is.
func Migrate(ctx context.Context, db Database) ([]string, error) {
	names, err := migrate(ctx, db, known)
	if err != nil {
		return nil, fmt.Errorf("%s: migrate: %w", db.Name, db.Explain(err))
	}
	return names, nil
}

func migrate(ctx context.Context, db Database, migrations []migration) ([]string, error) {
	t, err := begin(ctx, db.Writes, db.BeginMigration...)
	if err != nil {
		return nil, err
	}
	defer t.rollback()
	if _, err := t.exec("CREATE TABLE IF NOT EXISTS migrations (number bigint PRIMARY KEY, name text NOT NULL, runs bigint NOT NULL, at bigint NOT NULL)"); err != nil {
		return nil, err
	}
	var last int64
	if err := t.queryRow("SELECT coalesce(max(number), 0) FROM migrations", nil, &last); err != nil {
		return nil, err
	}
	var names []string
	for _, m := range migrations {
		if m.number <= last {
			continue
		}
		if err := m.run(t); err != nil {
			return nil, fmt.Errorf("%s: %w", m.name, err)
		}
		names = append(names, m.name)
	}
	return names, t.commit()
}

func (m migration) run(t *transaction) error {
	for _, statement := range m.statements {
		if _, err := t.exec(statement); err != nil {
			return err
		}
	}
	_, err := t.exec("INSERT INTO migrations (number, name, runs, at) VALUES ($1, $2, $3, $4)", m.number, m.name, m.runs, time.Now().UnixNano())
	return err
}

// checkMigrations says why a server that knows some migrations cannot run on the schema of a database.
func checkMigrations(ctx context.Context, db Database, migrations []migration) error {
	var last, runs int64
	row := db.Reads.QueryRowContext(ctx, "SELECT coalesce(max(number), 0), coalesce(max(runs), 0) FROM migrations")
	if err := row.Scan(&last, &runs); err != nil {
		return err
	}
	latest := migrations[len(migrations)-1].number
	switch {
	case last < latest:
		return fmt.Errorf("the schema has %d migrations, and this gwrd needs %d: run gwrd migrate", last, latest)
	case runs > latest:
		return fmt.Errorf("the schema has %d migrations and needs a gwrd that knows %d of them, but this one knows %d: run a newer gwrd", last, runs, latest)
	}
	return nil
}
