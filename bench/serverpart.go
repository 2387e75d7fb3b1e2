// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"gatewayresponses/bench/gwrd"
	"gatewayresponses/bench/process"
	"gatewayresponses/bench/result"
	"gatewayresponses/internal/store/postgresrun"
)

// serverSizes are how many there are of what gwrd is measured with.
type serverSizes struct {
	// apis are those that fill a server, stages those of the gateway whose revisions are timed, streams those of other nodes.
	apis, stages, streams int
	// updates and deployments are how many are timed.
	updates, deployments int
}

// The sizes of full runs and of quick ones.
var (
	fullSizes  = serverSizes{apis: 10_000, stages: 1000, streams: 1000, updates: 20, deployments: 100}
	quickSizes = serverSizes{apis: 1000, stages: 300, streams: 1000, updates: 5, deployments: 20}
)

// gwrdPath is the server that is measured.
const gwrdPath = "dist/gwrd"

// The stores, as tables call them.
const (
	sqlite     = "SQLite"
	postgreSQL = "PostgreSQL"
)

// measureServer adds what gwrd takes to r.
func (b *bench) measureServer(ctx context.Context, r *result.Run) (err error) {
	r.Server = &result.Server{}
	stores := []serverStore{{name: sqlite, address: func(context.Context) (string, error) { return "", nil }}}
	switch database, err := b.startPostgres(ctx); {
	case errors.Is(err, postgresrun.ErrMissing):
		r.Server.Missing = err.Error()
		b.say("%v", err)
	case err != nil:
		return err
	default:
		defer func() { err = errors.Join(err, database.Close()) }()
		stores = append(stores, serverStore{name: postgreSQL, address: database.Schema})
	}
	for _, measure := range []func(context.Context, []serverStore, *result.Server) error{b.measureCalls, b.measureFills, b.measureUpdates, b.measureDeliveries} {
		if err := measure(ctx, stores, r.Server); err != nil {
			return err
		}
	}
	return nil
}

// startPostgres starts a PostgreSQL beside the callers, as on another machine than gwrd.
func (b *bench) startPostgres(ctx context.Context) (*postgresrun.Server, error) {
	return postgresrun.Start(ctx, postgresrun.Options{Start: func(start func() error) error { return process.Pinned(b.theirs, start) }})
}

// serverStore is where a server may keep things. Each address is that of an empty store.
type serverStore struct {
	name    string
	address func(context.Context) (string, error)
}

// runningServer is a gwrd, and what speaks with it.
type runningServer struct {
	*gwrd.Server
	gwrd.Client
	store   string
	options gwrd.Options
}

// startServer starts a gwrd on an empty store, on some cores.
func (b *bench) startServer(ctx context.Context, on serverStore, cores []int) (s *runningServer, err error) {
	s = &runningServer{store: on.name, options: gwrd.Options{Path: gwrdPath, Cores: cores}}
	if s.options.Plugin, err = filepath.Abs(b.builds[0].path); err != nil {
		return nil, err
	}
	if s.options.Folder, err = gwrd.NewFolder(b.folder); err != nil {
		return nil, err
	}
	if s.options.Store, err = on.address(ctx); err != nil {
		return nil, err
	}
	if s.options.Store != "" {
		if err := gwrd.Migrate(ctx, s.options); err != nil {
			return nil, err
		}
	}
	return s, s.start()
}

// start starts the process.
func (s *runningServer) start() (err error) {
	if s.Server, err = gwrd.Start(s.options); err != nil {
		return err
	}
	s.Client, err = s.Server.Client()
	return err
}

// restart stops the process and starts another on the same store.
func (s *runningServer) restart() error {
	if err := s.Stop(); err != nil {
		return err
	}
	return s.start()
}

// megabytes is the memory of the process.
func (s *runningServer) megabytes() (float64, error) {
	n, err := process.RSS(s.PID())
	return float64(n) / (1 << 20), err
}

// end stops the process and removes what it kept.
func (s *runningServer) end() error { return errors.Join(s.Stop(), os.RemoveAll(s.options.Folder)) }
