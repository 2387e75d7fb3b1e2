// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"gatewayresponses/internal/store"
)

// patience is how long a test waits for what should come at once.
const patience = 10 * time.Second

// undone changes leave nothing, whatever ends them.
func undone(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	insert(t, s, record("k", "", "a", "", "1"))
	before := everything(t, s)
	write := func(w store.Writer) error {
		return errors.Join(w.Insert(record("k", "", "b", "", "1")), w.Update(record("k", "", "a", "", "2")), w.Delete(store.Key{Kind: "k", Name: "a"}), func() error {
			_, err := w.Append("audit", []byte("1"))
			return err
		}())
	}
	hold := func(what string) {
		t.Helper()
		same(t, what, everything(t, s), before)
		view(t, s, func(r store.Reader) error {
			last, err := r.Last("audit")
			same(t, what+": log", last, store.Entry{})
			return err
		})
	}

	own := errors.New("own")
	if err := s.Change(t.Context(), func(w store.Writer) error { return errors.Join(write(w), own) }); !errors.Is(err, own) {
		t.Errorf("error %v, want that of the function", err)
	}
	hold("after an error")

	func() {
		defer func() { _ = recover() }()
		_ = s.Change(t.Context(), func(w store.Writer) error {
			_ = write(w)
			panic("own")
		})
	}()
	hold("after a panic")

	ctx, cancel := context.WithCancel(t.Context())
	if err := s.Change(ctx, func(w store.Writer) error {
		err := write(w)
		cancel()
		// A function that overlooks that its context is done must not have half of its work kept.
		_ = w.Insert(record("k", "", "c", "", "1"))
		return err
	}); err == nil {
		t.Error("no error of a change whose context was done before its end")
	}
	hold("after its context was done")
	if err := s.Change(ctx, write); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	if err := s.View(t.Context(), func(store.Reader) error { return own }); !errors.Is(err, own) {
		t.Errorf("view: error %v, want that of the function", err)
	}
	insert(t, s, record("k", "", "b", "", "1"))
}

// moment: what a view reads is of one moment, whatever is changed meanwhile.
func moment(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(t), open(t)
	insert(t, s, record("k", "", "a", "", "1"), record("k", "", "b", "", "1"))
	view(t, s, func(r store.Reader) error {
		if _, err := r.Get(store.Key{Kind: "k", Name: "a"}); err != nil {
			return err
		}
		change(t, other, func(w store.Writer) error {
			_, err := w.Append("audit", []byte("1"))
			return errors.Join(err, w.Delete(store.Key{Kind: "k", Name: "b"}), w.Update(record("k", "", "a", "", "2")))
		})
		all, err := r.All("k")
		same(t, "in the view", len(all), 2)
		if err != nil {
			return err
		}
		logs, err := r.Logs()
		same(t, "logs in the view", logs, []string(nil))
		return err
	})
	same(t, "after the view", len(everything(t, s)), 1)
}

// oneAtATime: counters lose nothing, whoever counts.
func oneAtATime(t *testing.T, fresh Fresh) {
	open := fresh(t)
	key := store.Key{Kind: "counter", Name: "c"}
	first := open(t)
	insert(t, first, store.Record{Key: key, Body: []byte("0")})
	const writers, rounds = 8, 15
	replicas := []store.Store{first, open(t), open(t)}
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			for range rounds {
				err := replicas[i%len(replicas)].Change(t.Context(), func(w store.Writer) error {
					record, err := w.Get(key)
					if err != nil {
						return err
					}
					count, err := strconv.Atoi(string(record.Body))
					if err != nil {
						return err
					}
					record.Body = strconv.AppendInt(nil, int64(count)+1, 10)
					_, err = w.Append("audit", record.Body)
					return errors.Join(err, w.Update(record))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	view(t, first, func(r store.Reader) error {
		record, err := r.Get(key)
		same(t, "count", string(record.Body), strconv.Itoa(writers*rounds))
		same(t, "version", record.Version, int64(writers*rounds+1))
		if err != nil {
			return err
		}
		entries, err := r.Log("audit", 0, 0)
		same(t, "entries", len(entries), writers*rounds)
		for i, entry := range entries {
			if entry.Number != int64(i)+1 || string(entry.Body) != fmt.Sprint(i+1) {
				t.Errorf("entry %d: number %d, body %s", i, entry.Number, entry.Body)
			}
		}
		return err
	})
}

// waiting: a change waits for another no longer than its context lasts, and readers do not wait.
func waiting(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(t), open(t)
	change(t, s, func(w store.Writer) error {
		if err := w.Insert(record("k", "", "a", "", "1")); err != nil {
			return err
		}
		for name, replica := range map[string]store.Store{"this replica": s, "another": other} {
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			begun := time.Now()
			if err := replica.Change(ctx, func(store.Writer) error { return nil }); err == nil {
				t.Errorf("%s makes a change in the midst of another", name)
			}
			cancel()
			if took := time.Since(begun); took > patience/2 {
				t.Errorf("%s has waited %s for a change, with 100 ms of time", name, took)
			}
			same(t, name+" reads", len(everything(t, replica)), 0)
		}
		return nil
	})
	same(t, "afterwards", len(everything(t, other)), 1)
}

func changed(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(t), open(t)
	ctx, cancel := context.WithCancel(t.Context())
	own, others := s.Changed(ctx), other.Changed(ctx)
	quiet := func(what string) {
		t.Helper()
		select {
		case <-own:
			t.Errorf("a change is told after %s", what)
		case <-others:
			t.Errorf("a change is told to another replica after %s", what)
		case <-time.After(time.Second):
		}
	}
	told := func(what string, c <-chan struct{}) {
		t.Helper()
		select {
		case _, ok := <-c:
			same(t, what+": open", ok, true)
		case <-time.After(patience):
			t.Errorf("%s: nothing after %s", what, patience)
		}
	}
	for i := range 3 {
		insert(t, s, record("k", "", strconv.Itoa(i), "", "1"))
		told("here", own)
		told("elsewhere", others)
	}
	if err := s.PutNote(t.Context(), note("g", "n", "1", time.Hour)); err != nil {
		t.Fatal(err)
	}
	change(t, s, func(store.Writer) error { return nil })
	_ = s.Change(t.Context(), func(w store.Writer) error {
		return errors.Join(w.Insert(record("k", "", "x", "", "1")), errors.New("own"))
	})
	quiet("a note, a change of nothing and one that was undone")

	// Nobody has to listen.
	for i := range 20 {
		insert(t, s, record("l", "", strconv.Itoa(i), "", "1"))
	}
	told("one for many", own)
	told("one for many elsewhere", others)
	cancel()
	// What came meanwhile may be told first.
	for _, c := range []<-chan struct{}{own, others} {
		for range c {
		}
	}
}

// reopened: what was acknowledged is there when the store is opened again.
func reopened(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s := open(t)
	want := record("k", "", "a", "", "1")
	insert(t, s, want)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, "reopened", everything(t, open(t)), []store.Record{want})
}

func closed(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	before := s.Changed(t.Context())
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	for name, c := range map[string]<-chan struct{}{"before": before, "after": s.Changed(t.Context())} {
		select {
		case _, open := <-c:
			same(t, name, open, false)
		case <-time.After(patience):
			t.Errorf("the channel that was asked for %s the store was closed is still open", name)
		}
	}
	if err := s.Change(t.Context(), func(store.Writer) error { return nil }); err == nil {
		t.Error("a closed store makes a change")
	}
	if err := s.View(t.Context(), func(store.Reader) error { return nil }); err == nil {
		t.Error("a closed store can be read")
	}
	if err := s.Ping(t.Context()); err == nil {
		t.Error("a closed store answers a ping")
	}
}
