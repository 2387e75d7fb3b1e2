// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"fmt"
	"unicode/utf8"

	"gatewayresponses/internal/store"
)

// writer changes records and logs in a transaction.
type writer struct {
	reader
	// wrote is set once something was written.
	wrote bool
}

// exec runs a statement that writes, and says how many rows it has changed.
func (w *writer) exec(statement string, args ...any) (int64, error) {
	changed, err := w.t.exec(statement, args...)
	w.wrote = w.wrote || changed > 0
	return changed, err
}

// Insert implements store.Writer.
func (w *writer) Insert(record store.Record) error {
	record.Version = 1
	return w.Restore(record)
}

// Restore implements store.Writer.
func (w *writer) Restore(record store.Record) error {
	if err := checkRecord(record); err != nil {
		return err
	}
	args := append(keyArgs(record.Key), record.Version, []byte(record.Link), notNull(record.Body))
	added, err := w.exec("INSERT INTO records (kind, scope, name, version, link, body) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", args...)
	if err == nil && added == 0 {
		return store.ErrExists
	}
	return err
}

// Update implements store.Writer.
func (w *writer) Update(record store.Record) error {
	if err := checkRecord(record); err != nil {
		return err
	}
	args := append([]any{[]byte(record.Link), notNull(record.Body)}, keyArgs(record.Key)...)
	changed, err := w.exec("UPDATE records SET version = version + 1, link = $1, body = $2 WHERE kind = $3 AND scope = $4 AND name = $5 AND version = $6",
		append(args, record.Version)...)
	if err != nil || changed > 0 {
		return err
	}
	if _, err := w.Get(record.Key); err != nil {
		return err
	}
	return store.ErrChanged
}

// Delete implements store.Writer.
func (w *writer) Delete(key store.Key) error {
	deleted, err := w.exec("DELETE FROM records WHERE kind = $1 AND scope = $2 AND name = $3", keyArgs(key)...)
	if err == nil && deleted == 0 {
		return store.ErrNotFound
	}
	return err
}

// Append implements store.Writer.
func (w *writer) Append(log string, body []byte) (int64, error) {
	if err := checkKey(store.Key{Kind: "log", Name: log}); err != nil {
		return 0, err
	}
	var last int64
	if err := w.t.queryRow("SELECT coalesce(max(number), 0) FROM logs WHERE log = $1", []any{[]byte(log)}, &last); err != nil {
		return 0, err
	}
	_, err := w.exec("INSERT INTO logs (log, number, body) VALUES ($1, $2, $3)", []byte(log), last+1, notNull(body))
	return last + 1, err
}

func checkRecord(record store.Record) error {
	if err := checkKey(record.Key); err != nil {
		return err
	}
	if len(record.Link) > store.MaxKey || !utf8.ValidString(record.Link) {
		return fmt.Errorf("link %.50q of %s %q: want UTF-8 of at most %d bytes", record.Link, record.Kind, record.Name, store.MaxKey)
	}
	return nil
}

// checkKey holds a key that is to be written against what store.Key says.
func checkKey(key store.Key) error {
	text := key.Kind + key.Scope + key.Name
	switch {
	case key.Kind == "" || key.Name == "":
		return fmt.Errorf("key %.50q %.50q: kind and name must not be empty", key.Kind, key.Name)
	case len(text) > store.MaxKey:
		return fmt.Errorf("key %.50q %.50q: %d bytes, but %d at most", key.Kind, key.Name, len(text), store.MaxKey)
	case !utf8.ValidString(key.Kind) || !utf8.ValidString(key.Scope) || !utf8.ValidString(key.Name):
		return fmt.Errorf("key %.50q %.50q of %.50q: not UTF-8", key.Kind, key.Name, key.Scope)
	}
	return nil
}

// notNull is a value as it is stored: an empty one is not NULL.
func notNull(body []byte) []byte {
	if body == nil {
		return []byte{}
	}
	return body
}
