// SPDX-License-Identifier: Apache-2.0

//go:build control

package postgres_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/postgres"
	"gatewayresponses/internal/store/postgrestest"
	"gatewayresponses/internal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.RunWriter(postgres.Open)
	os.Exit(m.Run())
}

// commit is the message that commits.
const commit = "COMMIT\x00"

// TestConnectionLost: a change whose connection is lost is made once, wherever it was lost.
func TestConnectionLost(t *testing.T) {
	server := postgrestest.Start(t)
	for name, lost := range map[string]loss{
		"at its begin":           {query: "BEGIN", times: 1},
		"at its lock":            {query: "FOR UPDATE", times: 1},
		"amid it":                {query: "INSERT INTO logs", times: 1},
		"before its commit":      {query: commit, times: 1},
		"before several commits": {query: commit, times: 4},
		"after its commit":       {query: commit, times: 1, delivered: true},
	} {
		t.Run(name, func(t *testing.T) {
			address := migrated(t, server)
			proxy, lossy := startProxy(t, server.Folder, address)
			for want := range int64(3) {
				// A connection sends a query once, and its name from then on.
				s := open(t, lossy)
				proxy.lose(lost)
				number, err := storetest.Count(t.Context(), s)
				if err != nil || number != want+1 {
					t.Errorf("number %d, error %v; want %d", number, err, want+1)
				}
				if left := proxy.left(); left > 0 {
					t.Errorf("%d connections were not lost", left)
				}
			}
			if last := storetest.Counted(t, open(t, address)); last != 3 {
				t.Errorf("the last number is %d, want 3", last)
			}
		})
	}
}

// TestUnknown: when others made changes since a commit was lost, it is said that nobody knows what became of it.
func TestUnknown(t *testing.T) {
	server := postgrestest.Start(t)
	address := migrated(t, server)
	other := open(t, address)
	proxy, lossy := startProxy(t, server.Folder, address)
	s := open(t, lossy)
	proxy.lose(loss{query: commit, times: 1, delivered: true, then: func() {
		if _, err := storetest.Count(t.Context(), other); err != nil {
			t.Error(err)
		}
	}})
	_, err := storetest.Count(t.Context(), s)
	if !errors.Is(err, store.ErrUnknown) || errors.Is(err, store.ErrUnavailable) {
		t.Errorf("got %v, want %v", err, store.ErrUnknown)
	}
	t.Log(err)
	if last := storetest.Counted(t, s); last != 2 {
		t.Errorf("the last number is %d, want 2", last)
	}
}

// TestGone: a change waits for a PostgreSQL that starts again, and not for long for one that does not.
func TestGone(t *testing.T) {
	server := postgrestest.Start(t)
	s := open(t, migrated(t, server))
	count := func(want int64) {
		t.Helper()
		if number, err := storetest.Count(t.Context(), s); err != nil || number != want {
			t.Errorf("number %d, error %v; want %d", number, err, want)
		}
	}
	count(1)

	server.Stop(t)
	begun := time.Now()
	_, err := storetest.Count(t.Context(), s)
	if !errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrUnknown) {
		t.Errorf("got %v, want %v", err, store.ErrUnavailable)
	}
	t.Log(err)
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("said after %s", took)
	}
	begun = time.Now()
	if err := s.Ping(t.Context()); !errors.Is(err, store.ErrUnavailable) || time.Since(begun) > time.Second {
		t.Errorf("ping: got %v after %s, want %v at once", err, time.Since(begun), store.ErrUnavailable)
	}
	server.Resume(t)
	count(2)

	changed := s.Changed(t.Context())
	server.Stop(t)
	var waiting sync.WaitGroup
	waiting.Go(func() { count(3) })
	time.Sleep(500 * time.Millisecond)
	server.Resume(t)
	waiting.Wait()
	select {
	case <-changed:
	case <-time.After(5 * time.Second):
		t.Error("not told of a change after PostgreSQL was gone")
	}
	if last := storetest.Counted(t, s); last != 3 {
		t.Errorf("the last number is %d, want 3", last)
	}
}

// TestReplicas: three replicas count, PostgreSQL is killed and comes back, then a replica is killed. No number that was acknowledged is lost or given twice.
func TestReplicas(t *testing.T) {
	server := postgrestest.Start(t)
	address := migrated(t, server)
	s := open(t, address)
	first, second := storetest.StartWriter(t, address), storetest.StartWriter(t, address)
	acknowledged := []int64{first.Await(t), second.Await(t)}

	server.Stop(t)
	server.Resume(t)
	for _, writer := range []storetest.Writer{first, second} {
		acknowledged = append(acknowledged, writer.Await(t))
	}
	time.Sleep(300 * time.Millisecond)
	acknowledged = append(acknowledged, first.Kill(t)...)
	for range 20 {
		number, err := storetest.Count(t.Context(), s)
		if err != nil {
			t.Error(err)
		}
		acknowledged = append(acknowledged, number)
	}
	acknowledged = append(acknowledged, second.Kill(t)...)

	last := storetest.Counted(t, s)
	slices.Sort(acknowledged)
	if twice := len(acknowledged) - len(slices.Compact(slices.Clone(acknowledged))); twice > 0 {
		t.Errorf("%d numbers were given twice", twice)
	}
	if greatest := acknowledged[len(acknowledged)-1]; greatest > last {
		t.Errorf("%d was acknowledged, and the last number is %d", greatest, last)
	}
	// Each process that was killed may have made a change that it could not acknowledge.
	if unheard := last - int64(len(acknowledged)); unheard > 2 {
		t.Errorf("%d changes were acknowledged, and %d were made", len(acknowledged), last)
	}
	t.Logf("%d changes", last)
}

// TestFrozen: a replica that stops in the midst of a change does not stop the others for long, and makes its change on what they wrote.
func TestFrozen(t *testing.T) {
	server := postgrestest.Start(t)
	address := migrated(t, server)
	s, other := open(t, address+"&idle_in_transaction_session_timeout=500"), open(t, address)
	var made sync.WaitGroup
	runs := 0
	err := s.Change(t.Context(), func(w store.Writer) error {
		runs++
		if runs == 1 {
			made.Go(func() {
				if number, err := storetest.Count(t.Context(), other); err != nil || number != 1 {
					t.Errorf("the other: number %d, error %v", number, err)
				}
			})
			made.Wait()
		}
		records, err := w.All("counted")
		if err == nil && len(records) != 1 {
			t.Errorf("run %d sees %d records, want that of the other", runs, len(records))
		}
		return errors.Join(err, w.Insert(store.Record{Key: store.Key{Kind: "k", Name: "n"}}))
	})
	if err != nil || runs != 2 {
		t.Errorf("error %v after %d runs, want 2", err, runs)
	}
}

// TestNotified: another replica hears of a change at once, not by its poll; and by that when notifications are lost.
func TestNotified(t *testing.T) {
	server := postgrestest.Start(t)
	address := migrated(t, server)
	s, other := open(t, address), open(t, address)
	changed := other.Changed(t.Context())
	hear := func() time.Duration {
		t.Helper()
		begun := time.Now()
		if _, err := storetest.Count(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Fatal("not told of a change")
		}
		return time.Since(begun)
	}
	hear()
	var all []time.Duration
	for range 21 {
		all = append(all, hear())
	}
	slices.Sort(all)
	t.Logf("told after %s (median), %s at the latest", all[10], all[20])
	if all[10] > 500*time.Millisecond {
		t.Errorf("half of the changes are told after %s", all[10])
	}
	for range 3 {
		if err := exec(t, address, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"); err != nil {
			t.Fatal(err)
		}
		hear()
	}
}

// TestAddress: what is wrong with an address is said without its password.
func TestAddress(t *testing.T) {
	for name, test := range map[string]struct{ address, want string }{
		"nobody there":    {"postgres://gwrd:hidden@127.0.0.1:1/gwrd?connect_timeout=2", "PostgreSQL 127.0.0.1/gwrd: the store is not available: "},
		"no address":      {"postgres://gwrd:hidden@[::1/gwrd", "cannot parse"},
		"unknown setting": {"postgres://gwrd:hidden@127.0.0.1:1/gwrd?sslmode=often", "sslmode is invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := postgres.Open(t.Context(), test.address)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hidden") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			t.Log(err)
		})
	}
}

// TestViewLost: what reads is told that the store was lost, and does not begin again with half of its work done.
func TestViewLost(t *testing.T) {
	server := postgrestest.Start(t)
	proxy, lossy := startProxy(t, server.Folder, migrated(t, server))
	s := open(t, lossy)
	proxy.lose(loss{query: "FROM records", times: 1})
	runs := 0
	read := func(r store.Reader) error {
		runs++
		_, err := r.All("k")
		return err
	}
	if err := s.View(t.Context(), read); !errors.Is(err, store.ErrUnavailable) || runs != 1 {
		t.Errorf("error %v after %d runs", err, runs)
	}
	proxy.loseAll()
	if err := s.View(t.Context(), read); err != nil || runs != 2 {
		t.Errorf("with connections that were lost before: error %v after %d runs", err, runs)
	}
}
