// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/store"
)

func note(scope, name, body string, lives time.Duration) store.Note {
	return store.Note{Key: store.Key{Kind: "node", Scope: scope, Name: name}, Body: []byte(body), Expires: time.Now().Add(lives)}
}

func notes(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(t), open(t)
	put := func(all ...store.Note) {
		for _, n := range all {
			if err := s.PutNote(t.Context(), n); err != nil {
				t.Fatal(err)
			}
		}
	}
	hold := func(what, scope string, want ...store.Note) {
		t.Helper()
		got, err := other.Notes(t.Context(), "node", scope)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateApproxTime(time.Millisecond)); d != "" {
			t.Errorf("%s: -want +got\n%s", what, d)
		}
	}
	a, b, c, gone := note("g1", "a", "1", time.Hour), note("g1", "b", "2", time.Hour), note("g2", "a", "3", time.Hour), note("g1", "gone", "4", -time.Second)
	put(b, a, c, gone)
	hold("of a scope", "g1", a, b)
	hold("of all scopes", "*", a, b, c)
	hold("of an empty scope", "g3")
	if got, err := other.Note(t.Context(), c.Key); err != nil || !cmp.Equal(c, got, cmpopts.EquateApproxTime(time.Millisecond)) {
		t.Errorf("one note: got %+v, error %v, want %+v", got, err, c)
	}
	for _, key := range []store.Key{gone.Key, {Kind: "node", Scope: "g2", Name: "b"}} {
		if got, err := other.Note(t.Context(), key); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a note %s that is not there: got %+v, error %v", key.Name, got, err)
		}
	}
	a = note("g1", "a", "5", 2*time.Hour)
	put(a)
	hold("written again", "g1", a, b)
	put(note("g1", "a", "5", -time.Second))
	hold("expired", "g1", b)
	for range 2 {
		if err := other.DeleteNote(t.Context(), b.Key); err != nil {
			t.Fatal(err)
		}
	}
	hold("deleted", "*", c)
	same(t, "records", len(everything(t, s)), 0)
}

func ping(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	for range 2 {
		if err := s.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
