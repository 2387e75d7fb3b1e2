// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"database/sql"
	"errors"
	"math"

	"gatewayresponses/internal/store"
)

// reader reads in a transaction.
type reader struct{ t *transaction }

// Get implements store.Reader.
func (r reader) Get(key store.Key) (store.Record, error) {
	record := store.Record{Key: key}
	var link []byte
	err := r.t.queryRow("SELECT version, link, body FROM records WHERE kind = $1 AND scope = $2 AND name = $3",
		keyArgs(key), &record.Version, &link, &record.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Record{}, store.ErrNotFound
	}
	record.Link = string(link)
	return record, err
}

// The columns of a record, as scanRecord reads them.
const recordColumns = "SELECT kind, scope, name, version, link, body FROM records "

// List implements store.Reader.
func (r reader) List(kind, scope, after string, limit int) ([]store.Record, error) {
	return query(r.t, scanRecord, recordColumns+"WHERE kind = $1 AND scope = $2 AND name > $3 ORDER BY name LIMIT $4",
		[]byte(kind), []byte(scope), []byte(after), limitArg(limit))
}

// Count implements store.Reader.
func (r reader) Count(kind, scope string) (n int, err error) {
	err = r.t.queryRow("SELECT count(*) FROM records WHERE kind = $1 AND scope = $2", []any{[]byte(kind), []byte(scope)}, &n)
	return n, err
}

// All implements store.Reader.
func (r reader) All(kind string) ([]store.Record, error) {
	return query(r.t, scanRecord, recordColumns+"WHERE kind = $1 ORDER BY scope, name", []byte(kind))
}

// Linked implements store.Reader.
func (r reader) Linked(kind, link string) ([]store.Record, error) {
	return query(r.t, scanRecord, recordColumns+"WHERE kind = $1 AND link = $2 ORDER BY scope, name", []byte(kind), []byte(link))
}

// Records implements store.Reader.
func (r reader) Records(after store.Key, limit int) ([]store.Record, error) {
	args := append(keyArgs(after), limitArg(limit))
	return query(r.t, scanRecord, recordColumns+"WHERE (kind, scope, name) > ($1, $2, $3) ORDER BY kind, scope, name LIMIT $4", args...)
}

// Log implements store.Reader.
func (r reader) Log(name string, after int64, limit int) ([]store.Entry, error) {
	scan := func(rows *sql.Rows) (entry store.Entry, err error) {
		err = rows.Scan(&entry.Number, &entry.Body)
		return entry, err
	}
	return query(r.t, scan, "SELECT number, body FROM logs WHERE log = $1 AND number > $2 ORDER BY number LIMIT $3", []byte(name), after, limitArg(limit))
}

// Last implements store.Reader.
func (r reader) Last(log string) (store.Entry, error) {
	var last store.Entry
	err := r.t.queryRow("SELECT number, body FROM logs WHERE log = $1 ORDER BY number DESC LIMIT 1", []any{[]byte(log)}, &last.Number, &last.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Entry{}, nil
	}
	return last, err
}

// Logs implements store.Reader.
func (r reader) Logs() ([]string, error) {
	scan := func(rows *sql.Rows) (string, error) {
		var name []byte
		err := rows.Scan(&name)
		return string(name), err
	}
	return query(r.t, scan, "SELECT DISTINCT log FROM logs ORDER BY log")
}

func scanRecord(rows *sql.Rows) (store.Record, error) {
	var record store.Record
	var kind, scope, name, link []byte
	err := rows.Scan(&kind, &scope, &name, &record.Version, &link, &record.Body)
	record.Key = store.Key{Kind: string(kind), Scope: string(scope), Name: string(name)}
	record.Link = string(link)
	return record, err
}

func keyArgs(key store.Key) []any {
	return []any{[]byte(key.Kind), []byte(key.Scope), []byte(key.Name)}
}

func limitArg(limit int) int64 {
	if limit == 0 {
		return math.MaxInt64
	}
	return int64(limit)
}
