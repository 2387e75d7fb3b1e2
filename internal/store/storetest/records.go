// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/store"
)

func records(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	pet := record("api", "", "pet", "", `{"name":"pet"}`)
	change(t, s, func(w store.Writer) error {
		if _, err := w.Get(pet.Key); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("get before it is there: %v", err)
		}
		if err := w.Update(pet); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("update before it is there: %v", err)
		}
		if err := w.Delete(pet.Key); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("delete before it is there: %v", err)
		}
		ignored := pet
		ignored.Version = 7
		if err := w.Insert(ignored); err != nil {
			return err
		}
		if err := w.Insert(pet); !errors.Is(err, store.ErrExists) {
			t.Errorf("insert twice: %v", err)
		}
		got, err := w.Get(pet.Key)
		same(t, "in the change", got, pet)
		return err
	})
	same(t, "inserted", everything(t, s), []store.Record{pet})

	pet.Body, pet.Link = []byte(`{"name":"cat"}`), "elsewhere"
	change(t, s, func(w store.Writer) error {
		if err := w.Update(pet); err != nil {
			return err
		}
		if err := w.Update(pet); !errors.Is(err, store.ErrChanged) {
			t.Errorf("update of a version that is gone: %v", err)
		}
		return nil
	})
	pet.Version = 2
	same(t, "updated", everything(t, s), []store.Record{pet})

	change(t, s, func(w store.Writer) error { return w.Delete(pet.Key) })
	same(t, "deleted", len(everything(t, s)), 0)
	insert(t, s, pet)
	pet.Version = 1
	same(t, "made anew", everything(t, s), []store.Record{pet})
}

func order(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	insert(t, s,
		record("stage", "b", "ä", "", "1"), record("stage", "b", "a", "", "1"), record("stage", "b", "B", "", "1"), record("stage", "b", "_", "", "1"),
		record("stage", "a", "z", "", "1"), record("stage", "", "z", "", "1"), record("api", "b", "a", "", "1"), record("stage", "b", "a b", "", "1"))
	view(t, s, func(r store.Reader) error {
		all, err := r.List("stage", "b", "", 0)
		same(t, "all of a scope", names(all), []string{"stage/b/B", "stage/b/_", "stage/b/a", "stage/b/a b", "stage/b/ä"})
		if err != nil {
			return err
		}
		all, err = r.List("stage", "b", "_", 2)
		same(t, "two after a name", names(all), []string{"stage/b/a", "stage/b/a b"})
		if err != nil {
			return err
		}
		all, err = r.List("stage", "c", "", 0)
		same(t, "an empty scope", names(all), []string(nil))
		if err != nil {
			return err
		}
		for scope, want := range map[string]int{"b": 5, "": 1, "c": 0} {
			if n, err := r.Count("stage", scope); err != nil || n != want {
				t.Errorf("there are %d stages of %q, want %d: %v", n, scope, want, err)
			}
		}
		all, err = r.All("stage")
		same(t, "all of a kind", names(all), []string{"stage//z", "stage/a/z", "stage/b/B", "stage/b/_", "stage/b/a", "stage/b/a b", "stage/b/ä"})
		if err != nil {
			return err
		}
		all, err = r.Records(store.Key{Kind: "stage", Scope: "a", Name: "z"}, 2)
		same(t, "two of all after a key", names(all), []string{"stage/b/B", "stage/b/_"})
		return err
	})
	same(t, "all", names(everything(t, s)), []string{"api/b/a", "stage//z", "stage/a/z", "stage/b/B", "stage/b/_", "stage/b/a", "stage/b/a b", "stage/b/ä"})
}

func links(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	insert(t, s, record("stage", "b", "x", "api/1", "1"), record("stage", "a", "y", "api/1", "1"), record("stage", "a", "z", "api/10", "1"), record("mapping", "a", "y", "api/1", "1"))
	linked := func(link string) (found []string) {
		view(t, s, func(r store.Reader) error {
			all, err := r.Linked("stage", link)
			found = names(all)
			return err
		})
		return found
	}
	same(t, "linked", linked("api/1"), []string{"stage/a/y", "stage/b/x"})
	change(t, s, func(w store.Writer) error { return w.Update(record("stage", "a", "y", "api/10", "1")) })
	same(t, "linked after one went", linked("api/1"), []string{"stage/b/x"})
	same(t, "linked after one came", linked("api/10"), []string{"stage/a/y", "stage/a/z"})
	same(t, "linked to nothing that is", linked("api"), []string(nil))
}

// hostileNames are what clients can put into a path: stored if they are text, not found if not, and never a failure.
func hostileNames(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	for _, name := range []string{"'; DROP TABLE records; --", "a\x00b", "%", "_", "\\", "\u202e", "$1", "?", "\n", "null", strings.Repeat("ü", (store.MaxKey-1)/2)} {
		hostile := record("k", "", name, name, `"`+strings.Repeat("x", 10)+`"`)
		insert(t, s, hostile)
		view(t, s, func(r store.Reader) error {
			got, err := r.Get(hostile.Key)
			same(t, fmt.Sprintf("%q", name), got, hostile)
			return err
		})
	}
	for _, name := range []string{"\xff", strings.Repeat("x", 1<<20), "", "a"} {
		view(t, s, func(r store.Reader) error {
			if _, err := r.Get(store.Key{Kind: "k", Name: name}); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("get %.20q: %v", name, err)
			}
			if _, err := r.List("k", name+"x", name, 1); err != nil {
				t.Errorf("list after %.20q: %v", name, err)
			}
			return nil
		})
		change(t, s, func(w store.Writer) error {
			if err := w.Delete(store.Key{Kind: "k", Name: name}); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("delete %.20q: %v", name, err)
			}
			return nil
		})
	}
}

// badKeys are refused, and the change goes on.
func badKeys(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	long := strings.Repeat("x", store.MaxKey)
	change(t, s, func(w store.Writer) error {
		for _, bad := range []store.Record{
			record("", "", "n", "", "1"), record("k", "s", "", "", "1"), record("k", "", long, "", "1"), record("k", "\xff", "n", "", "1"),
			record("k", "", "n", long+"x", "1"), record("k", "", "n", "\xff", "1"),
		} {
			if err := w.Insert(bad); err == nil || errors.Is(err, store.ErrExists) {
				t.Errorf("insert of %.50q: %v", bad.Key, err)
			}
		}
		if _, err := w.Append("", []byte("1")); err == nil {
			t.Error("append to a log without a name is no error")
		}
		return w.Insert(record("k", "", long[1:], long, "1"))
	})
	same(t, "stored", len(everything(t, s)), 1)
	if err := s.PutNote(t.Context(), store.Note{Key: store.Key{Kind: "k"}}); err == nil {
		t.Error("a note without a name is no error")
	}
}

func bodies(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, body := range map[string][]byte{"empty": {}, "every byte": every, "4 MiB": bytes.Repeat([]byte("01234567"), 1<<19)} {
		insert(t, s, store.Record{Key: store.Key{Kind: "k", Name: name}, Body: body})
		view(t, s, func(r store.Reader) error {
			got, err := r.Get(store.Key{Kind: "k", Name: name})
			if !bytes.Equal(got.Body, body) {
				t.Errorf("%s: got %d bytes that are not the %d that were stored", name, len(got.Body), len(body))
			}
			return err
		})
	}
	insert(t, s, store.Record{Key: store.Key{Kind: "k", Name: "nil"}})
}

func logs(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	view(t, s, func(r store.Reader) error {
		last, err := r.Last("audit")
		same(t, "last of an empty log", last, store.Entry{})
		return err
	})
	change(t, s, func(w store.Writer) error {
		for i := range int64(5) {
			number, err := w.Append("audit", fmt.Append(nil, i+1))
			if err != nil || number != i+1 {
				t.Errorf("append: number %d, error %v; want number %d", number, err, i+1)
			}
		}
		_, err := w.Append("other", []byte("x"))
		return err
	})
	view(t, s, func(r store.Reader) error {
		all, err := r.Log("audit", 0, 0)
		same(t, "entries", len(all), 5)
		if err != nil {
			return err
		}
		all, err = r.Log("audit", 2, 2)
		same(t, "two after the second", all, []store.Entry{{Number: 3, Body: []byte("3")}, {Number: 4, Body: []byte("4")}})
		if err != nil {
			return err
		}
		last, err := r.Last("audit")
		same(t, "last", last, store.Entry{Number: 5, Body: []byte("5")})
		if err != nil {
			return err
		}
		logs, err := r.Logs()
		same(t, "logs", logs, []string{"audit", "other"})
		return err
	})
}

func restore(t *testing.T, fresh Fresh) {
	s := fresh(t)(t)
	old := record("api", "", "pet", "l", "1")
	old.Version = 41
	change(t, s, func(w store.Writer) error {
		if err := w.Restore(old); err != nil {
			return err
		}
		if err := w.Restore(old); !errors.Is(err, store.ErrExists) {
			t.Errorf("restored twice: %v", err)
		}
		return nil
	})
	same(t, "restored", everything(t, s), []store.Record{old})
}
