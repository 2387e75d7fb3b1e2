// SPDX-License-Identifier: Apache-2.0

// Package sqlite keeps a store in a file, for a server that runs alone.
//
// Several processes may open the file, so that commands work beside the server:
// one writes at a time, the others wait. A change is on the disk when it is
// acknowledged.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/sqlstore"
)

const (
	// readers is how many transactions read at the same time.
	readers = 8
	// busyTime is how long one process waits for the change of another, in milliseconds.
	busyTime = 10_000
	// pollTime is how soon changes of other processes are seen.
	pollTime = 250 * time.Millisecond
)

// pragmas are the settings of each connection. With synchronous FULL a commit returns when it is on the disk.
var pragmas = []string{
	fmt.Sprintf("busy_timeout(%d)", busyTime),
	"journal_mode(WAL)",
	"synchronous(FULL)",
	"journal_size_limit(67108864)",
}

// Open opens the store in a file, which is made, with mode 0600, if it is not there, and migrates it.
func Open(ctx context.Context, file string) (store.Store, error) {
	if err := create(file); err != nil {
		return nil, err
	}
	writes, err := open(file, "immediate", 1)
	if err != nil {
		return nil, err
	}
	reads, err := open(file, "deferred", readers)
	if err != nil {
		return nil, errors.Join(err, writes.Close())
	}
	db := sqlstore.Database{
		Name:           file,
		Reads:          reads,
		Writes:         writes,
		Notes:          writes,
		BeginView:      "BEGIN",
		BeginChange:    "BEGIN IMMEDIATE",
		BeginMigration: []string{"BEGIN IMMEDIATE"},
		Poll:           pollTime,
		Retry:          func(err error) bool { return primaryCode(err) == sqlite3.SQLITE_BUSY },
		// A note that is lost with the power is written again; the next change brings those before it to the disk.
		BeforeNote: "PRAGMA synchronous = NORMAL",
		AfterNote:  "PRAGMA synchronous = FULL",
		Explain:    explain,
		Check:      inPlace(file),
	}
	if _, err := sqlstore.Migrate(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return sqlstore.New(ctx, db)
}

// create makes an empty file that only its owner reads, and never opens one that is there: closing it would take away the locks that this process has on it.
func create(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// inPlace gives what says whether the file is still the one that was opened: what is written to one that was removed is lost.
func inPlace(file string) func() error {
	opened, failed := os.Stat(file)
	return func() error {
		now, err := os.Stat(file)
		switch {
		case failed != nil:
			return failed
		case err != nil:
			return fmt.Errorf("%w: the file was taken away; stop, and put it back: %w", store.ErrUnavailable, err)
		case !os.SameFile(opened, now):
			return fmt.Errorf("%w: the file was replaced by another; start again to use that", store.ErrUnavailable)
		}
		return nil
	}
}

func open(file, lock string, connections int) (*sql.DB, error) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	query := url.Values{"_pragma": pragmas, "_txlock": {lock}}
	db := sql.OpenDB(connector{"file:" + (&url.URL{Path: absolute}).EscapedPath() + "?" + query.Encode()})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// primaryCode is SQLite's code of an error, without what extended codes add to it; 0 if the error is not SQLite's.
func primaryCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// explain says what can be done about an error.
func explain(err error) error {
	switch primaryCode(err) {
	case sqlite3.SQLITE_BUSY:
		return fmt.Errorf("%w: another process has been changing it for %d s: %w", store.ErrUnavailable, busyTime/1000, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: no room on the disk: %w", store.ErrUnavailable, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR:
		return fmt.Errorf("%w: the file and its folder must be readable and writable: %w", store.ErrUnavailable, err)
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("the file is damaged, or not one of gwrd; restore a backup into a new one: %w", err)
	}
	return err
}
