// SPDX-License-Identifier: Apache-2.0

package backup_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/backup"
)

// memory keeps what a backup is made of. A database has work of its own in the background, in which fuzzing sees news.
type memory struct {
	store.Store
	store.Writer
	all kept
}

func (m *memory) View(_ context.Context, f func(store.Reader) error) error { return f(m) }

func (m *memory) Change(_ context.Context, f func(store.Writer) error) error {
	m.all = kept{Logs: map[string][]store.Entry{}}
	return f(m)
}

func (m *memory) Records(after store.Key, limit int) ([]store.Record, error) {
	begin := 0
	if after != (store.Key{}) {
		begin = 1 + slices.IndexFunc(m.all.Records, func(r store.Record) bool { return r.Key == after })
	}
	return m.all.Records[begin:min(begin+limit, len(m.all.Records))], nil
}

func (m *memory) Logs() ([]string, error) { return slices.Sorted(maps.Keys(m.all.Logs)), nil }

func (m *memory) Log(name string, after int64, limit int) ([]store.Entry, error) {
	entries := m.all.Logs[name][after:]
	return entries[:min(limit, len(entries))], nil
}

func (m *memory) Restore(record store.Record) error {
	m.all.Records = append(m.all.Records, record)
	return nil
}

func (m *memory) Append(log string, body []byte) (int64, error) {
	m.all.Logs[log] = append(m.all.Logs[log], store.Entry{Number: int64(len(m.all.Logs[log]) + 1), Body: body})
	return int64(len(m.all.Logs[log])), nil
}

// again makes a backup of what a memory keeps, and restores it.
func again(t *testing.T, m *memory) *memory {
	t.Helper()
	var other memory
	if _, err := backup.Restore(t.Context(), &other, strings.NewReader(write(t, m))); err != nil {
		t.Fatal(err)
	}
	return &other
}

// FuzzRestore: what can be restored is the same in a backup of it.
func FuzzRestore(f *testing.F) {
	m := &memory{all: kept{Logs: map[string][]store.Entry{}}}
	f.Add([]byte(write(f, m)))
	for i, body := range []string{"1", `{"a":"b"}`, "\xff"} {
		_ = m.Restore(store.Record{Key: store.Key{Kind: "k", Name: fmt.Sprint(i)}, Version: 1, Body: []byte(body)})
		_, _ = m.Append("l", []byte(body))
	}
	f.Add([]byte(write(f, m)))
	f.Add([]byte("{\"format\":\"gwrd backup\",\"version\":1}\n{\"end\":{}}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var m memory
		// The checksum would keep all changes out.
		if _, err := backup.Restore(t.Context(), &m, bytes.NewReader(text)); err != nil && !strings.Contains(err.Error(), "the checksum is") {
			return
		}
		unique := map[store.Key]bool{}
		for _, record := range m.all.Records {
			if unique[record.Key] {
				return
			}
			unique[record.Key] = true
		}
		if d := cmp.Diff(m.all, again(t, &m).all); d != "" {
			t.Errorf("-first +second\n%s", d)
		}
	})
}

// FuzzBodies: every body comes back as it was.
func FuzzBodies(f *testing.F) {
	for _, body := range []string{"", "1", " 1", "null", `{"a":1,"a":2}`, "1],[2", "\"\\u00e9\"", "\xff", "1\n"} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		m := &memory{all: kept{Logs: map[string][]store.Entry{}}}
		_ = m.Restore(store.Record{Key: store.Key{Kind: "k", Name: "n"}, Version: 1, Body: body})
		_, _ = m.Append("l", body)
		if d := cmp.Diff(m.all, again(t, m).all); d != "" {
			t.Errorf("-before +after\n%s", d)
		}
	})
}
