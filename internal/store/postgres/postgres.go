// SPDX-License-Identifier: Apache-2.0

// Package postgres keeps a store in PostgreSQL, for several servers side by side.
//
// Each change locks the same row, and so waits for those of all replicas. When a
// connection is lost before a change is committed, the change is made again;
// when it is lost at that very moment, the row says what became of it.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/sqlstore"
)

const (
	// channel is what changes are notified on. Stores in other schemas of the database hear it too, and find that nothing has changed.
	channel = "gwrd"
	// pollTime is how soon changes are seen when notifications do not come.
	pollTime = 2 * time.Second
	// connections is how many connections are open at most, unless the address has pool_max_conns.
	connections = 16
	// noteConnections is how many more write notes.
	noteConnections = 4
	// idleTime is how long PostgreSQL lets a change hold the lock without a word, in milliseconds: a replica that is cut
	// off, or frozen, must not stop the others.
	idleTime = "60000"
)

// Open opens the store at an address such as postgres://gwrd@db.example.com/gwrd, as libpq knows them. Its schema must have been migrated.
func Open(ctx context.Context, address string) (store.Store, error) {
	db, err := connect(ctx, address)
	if err != nil {
		return nil, err
	}
	return sqlstore.New(ctx, db)
}

// Migrate brings the schema at an address to what this server knows, and says which migrations it has run.
func Migrate(ctx context.Context, address string) ([]string, error) {
	db, err := connect(ctx, address)
	if err != nil {
		return nil, err
	}
	names, err := sqlstore.Migrate(ctx, db)
	return names, errors.Join(err, db.Close())
}

func connect(ctx context.Context, address string) (sqlstore.Database, error) {
	config, err := configure(address)
	if err != nil {
		return sqlstore.Database{}, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return sqlstore.Database{}, err
	}
	notes, err := pgxpool.NewWithConfig(ctx, forNotes(config))
	if err != nil {
		pool.Close()
		return sqlstore.Database{}, err
	}
	wake := make(chan struct{}, 1)
	background, stop := context.WithCancel(context.Background())
	var listening sync.WaitGroup
	listening.Go(func() { listen(background, config.ConnConfig, wake) })
	return sqlstore.Database{
		Name:        fmt.Sprintf("PostgreSQL %s/%s", config.ConnConfig.Host, config.ConnConfig.Database),
		Reads:       stdlib.OpenDBFromPool(pool),
		Writes:      one(stdlib.OpenDBFromPool(pool)),
		Notes:       stdlib.OpenDBFromPool(notes),
		BeginView:   "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		BeginChange: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
		BeginMigration: []string{
			"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
			"SELECT pg_advisory_xact_lock(hashtext('gwrd migrate ' || current_schema()))",
		},
		ForUpdate: " FOR UPDATE",
		Notify:    "NOTIFY " + channel,
		Wake:      wake,
		Poll:      pollTime,
		Retry:     passing,
		Explain:   explain,
		AlsoClose: func() {
			stop()
			listening.Wait()
			pool.Close()
			notes.Close()
		},
	}, nil
}

func configure(address string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(address, "pool_max_conns") {
		config.MaxConns = connections
	}
	settings := config.ConnConfig.RuntimeParams
	for name, value := range map[string]string{"application_name": "gwrd", "idle_in_transaction_session_timeout": idleTime} {
		if settings[name] == "" {
			settings[name] = value
		}
	}
	return config, nil
}

// forNotes configures the connections of notes, which need not be on the disk: one that is lost is written again.
func forNotes(config *pgxpool.Config) *pgxpool.Config {
	config = config.Copy()
	config.MaxConns = noteConnections
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	return config
}

// one lets one change at a time have a connection: those that wait for it leave the others to who reads.
func one(db *sql.DB) *sql.DB {
	db.SetMaxOpenConns(1)
	return db
}
