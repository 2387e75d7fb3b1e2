// SPDX-License-Identifier: Apache-2.0

// Package sqlstore is a store on a database that speaks SQL: what
// internal/store/sqlite and internal/store/postgres have in common, which is all
// but how a database is opened, locked and listened to.
//
// There is one SQL text for all databases. It has the types text, bigint and
// bytea alone; ids, times and tokens come from Go.
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"gatewayresponses/internal/store"
)

// Database is an open database, and how it differs from others.
type Database struct {
	// Name is what errors call it, such as a file.
	Name string
	// Reads gives connections to views, Writes one to the change that runs, and Notes to notes.
	Reads, Writes, Notes *sql.DB
	// BeginView and BeginChange begin transactions. What a view reads is all of one moment; what a change reads is
	// what was committed last.
	BeginView, BeginChange string
	// BeginMigration begins a transaction that waits until no other of its kind runs, on an empty database too.
	BeginMigration []string
	// ForUpdate follows a SELECT that locks what it reads until the transaction ends; empty where a change has the
	// database to itself.
	ForUpdate string
	// Notify is run at the end of a change; empty where Wake hears of changes by itself.
	Notify string
	// Wake gets a value when another process may have made a change. It may be nil.
	Wake <-chan struct{}
	// Poll is how often is looked for changes of other processes, whatever Wake says.
	Poll time.Duration
	// Retry reports whether a failed transaction may succeed when it is run again.
	Retry func(error) bool
	// Check says why what is written now would be lost; it may be nil.
	Check func() error
	// BeforeNote and AfterNote stand around the writing of a note, on its connection; empty is nothing.
	BeforeNote, AfterNote string
	// Explain says more of an error than the database does, and which are store.ErrUnavailable.
	Explain func(error) error
	// AlsoClose lets go of what else was opened; it may be nil.
	AlsoClose func()
}

// Store is a store.Store on a database.
type Store struct {
	db      Database
	watcher *watcher
	sweeper sweeper
	close   sync.Once
	stop    context.CancelFunc
	stopped sync.WaitGroup
}

// New makes a store of a database that has been migrated, and closes the database if it cannot.
func New(ctx context.Context, db Database) (store.Store, error) {
	s := &Store{db: db}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(s.failed(err), s.Close())
	}
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	if err := checkMigrations(ctx, s.db, known); err != nil {
		return err
	}
	number, err := s.changeNumber(ctx)
	if err != nil {
		return err
	}
	s.watcher = newWatcher(number)
	background, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.stopped.Go(func() { s.watch(background) })
	return nil
}

// Close implements store.Store.
func (s *Store) Close() error {
	var err error
	s.close.Do(func() {
		if s.stop != nil {
			s.stop()
			s.stopped.Wait()
			s.watcher.close()
		}
		err = s.db.Close()
	})
	return err
}

// Close lets go of the database.
func (d Database) Close() error {
	err := errors.Join(d.Writes.Close(), d.Reads.Close(), d.Notes.Close())
	if d.AlsoClose != nil {
		d.AlsoClose()
	}
	return err
}

// failed names the database in an error that is not of the store's own.
func (s *Store) failed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", s.db.Name, s.db.Explain(err))
}

var _ store.Store = (*Store)(nil)
