// SPDX-License-Identifier: Apache-2.0

package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWatcher changes a file in the ways of editors.
func TestWatcher(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gwr.yaml")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(path, "1")
	steps := []func(){
		func() { write(path, "two") },
		func() { // a new file takes the old one's place
			write(path+".new", "three")
			if err := os.Rename(path+".new", path); err != nil {
				t.Fatal(err)
			}
		},
		func() { // the old file goes first
			if err := os.Rename(path, path+"~"); err != nil {
				t.Fatal(err)
			}
			write(path, "number 4")
		},
	}
	w := New(path)
	steps[0]()
	var texts []string
	enough := errors.New("enough")
	err := w.Run(t.Context(), func() error {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		texts = append(texts, string(text))
		if len(texts) == len(steps) {
			return enough
		}
		steps[len(texts)]()
		return nil
	})
	if diff := cmp.Diff([]string{"two", "three", "number 4"}, texts); diff != "" || !errors.Is(err, enough) {
		t.Errorf("Run = %v; texts (-want +got):\n%s", err, diff)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Run(ctx, func() error { return enough }); err != nil {
		t.Errorf("Run with nothing to wait for = %v", err)
	}
}

// TestFolder holds that a folder has changed when something that matters comes or goes, and by nothing else.
func TestFolder(t *testing.T) {
	folder := t.TempDir()
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	touch := func(name string) { do(os.WriteFile(filepath.Join(folder, name), nil, 0o600)) }
	w := New()
	w.AddFolder(folder, func(entry os.DirEntry) bool { return entry.IsDir() || filepath.Ext(entry.Name()) == ".yaml" })
	// What does not matter changes nothing, however often it is looked at.
	touch("a.swp")
	for range patience + 2 {
		if w.look() {
			t.Fatal("a file that does not matter is a change")
		}
	}
	steps := []func(){
		func() { touch("a.yaml") },
		func() { do(os.Remove(filepath.Join(folder, "a.yaml"))) },
		func() { do(os.Mkdir(filepath.Join(folder, "more"), 0o700)) },
	}
	steps[0]()
	calls, enough := 0, errors.New("enough")
	err := w.Run(t.Context(), func() error {
		if calls++; calls == len(steps) {
			return enough
		}
		steps[calls]()
		return nil
	})
	if !errors.Is(err, enough) || calls != len(steps) {
		t.Errorf("Run = %v after %d calls, want %d", err, calls, len(steps))
	}
}

// TestSeveralFiles holds that several changes at once are told once, that a file may come, and that one which is gone for good
// does not hide the changes of others.
func TestSeveralFiles(t *testing.T) {
	folder := t.TempDir()
	one, two := filepath.Join(folder, "one"), filepath.Join(folder, "two")
	write := func(paths ...string) {
		t.Helper()
		for _, path := range paths {
			old, err := os.ReadFile(path)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, append(old, 'x'), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(one)
	w := New(one)
	w.Add(one, two)
	steps := []func(){
		func() { write(one, two) },
		func() {
			if err := os.Remove(two); err != nil {
				t.Fatal(err)
			}
		},
		func() { write(one) },
	}
	steps[0]()
	calls := 0
	enough := errors.New("enough")
	err := w.Run(t.Context(), func() error {
		if calls++; calls == len(steps) {
			return enough
		}
		steps[calls]()
		return nil
	})
	if !errors.Is(err, enough) || calls != len(steps) {
		t.Errorf("Run = %v after %d calls, want %d", err, calls, len(steps))
	}
}
