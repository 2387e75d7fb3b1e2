// SPDX-License-Identifier: Apache-2.0

package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/sqlite"
	"gatewayresponses/internal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.RunWriter(sqlite.Open)
	os.Exit(m.Run())
}

// TestKilled: what was acknowledged before kill -9 is there, and nothing is half there.
func TestKilled(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gwrd.db")
	var acknowledged int64
	for round := range 12 {
		writer := storetest.StartWriter(t, file)
		// Some are killed while the file is made, opened or migrated.
		if round >= 4 {
			acknowledged = writer.Await(t)
		}
		time.Sleep(time.Duration(round*7) * time.Millisecond)
		for _, number := range writer.Kill(t) {
			acknowledged = number
		}
		s := open(t, file)
		if last := storetest.Counted(t, s); last < acknowledged || last > acknowledged+1 {
			t.Fatalf("after round %d the last number is %d, and %d was acknowledged", round, last, acknowledged)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d changes", acknowledged)
}

// TestTwoProcesses: both may write to one file, none loses what the other writes, and one hears of it.
func TestTwoProcesses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gwrd.db")
	s := open(t, file)
	changed := s.Changed(t.Context())
	writer := storetest.StartWriter(t, file)
	writer.Await(t)
	select {
	case <-changed:
	case <-time.After(5 * time.Second):
		t.Error("not told of a change of another process")
	}
	var own int64
	for range 20 {
		var err error
		if own, err = storetest.Count(t.Context(), s); err != nil {
			t.Error(err)
		}
	}
	acknowledged := own
	for _, number := range writer.Kill(t) {
		acknowledged = max(acknowledged, number)
	}
	if last := storetest.Counted(t, s); last < acknowledged || last > acknowledged+1 {
		t.Errorf("the last number is %d, and %d was acknowledged", last, acknowledged)
	}
}

// TestMode: others than the owner cannot read what a store keeps.
func TestMode(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gwrd.db")
	s := open(t, file)
	if _, err := storetest.Count(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(file + suffix)
		if err != nil {
			t.Error(err)
		} else if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %s", info.Name(), info.Mode())
		}
	}
}

// TestTakenAway: a file that is no more where it was takes no change, which would be lost, and takes them again when it is back.
func TestTakenAway(t *testing.T) {
	folder := t.TempDir()
	file, aside := filepath.Join(folder, "gwrd.db"), filepath.Join(folder, "aside.db")
	s := open(t, file)
	if _, err := storetest.Count(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	rename(t, file, aside)
	hold := func(want string) {
		t.Helper()
		for name, act := range map[string]func() error{
			"change": func() error { _, err := storetest.Count(t.Context(), s); return err },
			"ping":   func() error { return s.Ping(t.Context()) },
		} {
			if err := act(); !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %v\nwant %s", name, err, want)
			}
		}
	}
	hold("the file was taken away")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	hold("the file was replaced by another")
	rename(t, aside, file)
	if number, err := storetest.Count(t.Context(), s); err != nil || number != 2 {
		t.Errorf("number %d, error %v", number, err)
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// TestDamaged: a damaged file is named, with what to do, when it is opened or at the latest when what is damaged is read.
func TestDamaged(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"not a database": func([]byte) []byte { return []byte(strings.Repeat("not a database", 1000)) },
		"its begin":      func(text []byte) []byte { return append(make([]byte, 50), text[50:]...) },
		"its middle": func(text []byte) []byte {
			for i := 4096 * 3; i < len(text); i++ {
				text[i] = 0xa5
			}
			return text
		},
		"its end": func(text []byte) []byte { return text[:len(text)/2] },
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "gwrd.db")
			s := open(t, file)
			for range 50 {
				if _, err := storetest.Count(t.Context(), s); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, damage(text), 0o600); err != nil {
				t.Fatal(err)
			}
			err = readAll(t, file)
			if err == nil || !strings.Contains(err.Error(), file+": ") || !strings.Contains(err.Error(), "restore a backup") {
				t.Errorf("got %v", err)
			}
		})
	}
}

// readAll opens a store and reads all of it.
func readAll(t *testing.T, file string) error {
	t.Helper()
	s, err := sqlite.Open(t.Context(), file)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.View(t.Context(), func(r store.Reader) error {
		if _, err := r.Records(store.Key{}, 0); err != nil {
			return err
		}
		_, err := r.Log("counted", 0, 0)
		return err
	})
}

// TestNoFolder: an error names the file that cannot be made.
func TestNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "none", "gwrd.db")
	if _, err := sqlite.Open(t.Context(), file); err == nil || !strings.Contains(err.Error(), file+": no such file") {
		t.Errorf("got %v", err)
	}
}
