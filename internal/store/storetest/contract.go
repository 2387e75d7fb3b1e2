// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/store"
)

// Fresh makes an empty place for a store, and gives what opens it: each call opens one more, as another replica does, and closes it with the test.
type Fresh func(t testing.TB) (open func(t testing.TB) store.Store)

// Contract holds a store against what package store says.
func Contract(t *testing.T, fresh Fresh) {
	for name, test := range map[string]func(*testing.T, Fresh){
		"records":           records,
		"order":             order,
		"links":             links,
		"hostile names":     hostileNames,
		"keys that are not": badKeys,
		"bodies":            bodies,
		"logs":              logs,
		"restore":           restore,
		"notes":             notes,
		"undone":            undone,
		"a moment":          moment,
		"one at a time":     oneAtATime,
		"waiting":           waiting,
		"changed":           changed,
		"reopened":          reopened,
		"closed":            closed,
		"ping":              ping,
	} {
		t.Run(name, func(t *testing.T) { test(t, fresh) })
	}
}

// change makes a change that must succeed.
func change(t testing.TB, s store.Store, f func(store.Writer) error) {
	t.Helper()
	if err := s.Change(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// view reads what must be readable.
func view(t testing.TB, s store.Store, f func(store.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// insert adds records in one change.
func insert(t testing.TB, s store.Store, all ...store.Record) {
	t.Helper()
	change(t, s, func(w store.Writer) error {
		for _, record := range all {
			if err := w.Insert(record); err != nil {
				return err
			}
		}
		return nil
	})
}

// everything reads all records.
func everything(t testing.TB, s store.Store) []store.Record {
	t.Helper()
	var all []store.Record
	view(t, s, func(r store.Reader) (err error) {
		all, err = r.Records(store.Key{}, 0)
		return err
	})
	return all
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s: -want +got\n%s", what, d)
	}
}

func names(all []store.Record) []string {
	var names []string
	for _, record := range all {
		names = append(names, record.Kind+"/"+record.Scope+"/"+record.Name)
	}
	return names
}

func record(kind, scope, name, link, body string) store.Record {
	return store.Record{Key: store.Key{Kind: kind, Scope: scope, Name: name}, Version: 1, Link: link, Body: []byte(body)}
}
