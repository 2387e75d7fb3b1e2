// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"gatewayresponses/internal/store"
)

// sweepTime is how often expired notes are deleted, at most.
const sweepTime = 10 * time.Second

// sweeper remembers when expired notes were deleted.
type sweeper struct {
	mu   sync.Mutex
	next time.Time
}

// due reports whether expired notes are to be deleted now.
func (s *sweeper) due(now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Before(s.next) {
		return false
	}
	s.next = now.Add(sweepTime)
	return true
}

// PutNote implements store.Store.
func (s *Store) PutNote(ctx context.Context, note store.Note) error {
	if err := checkKey(note.Key); err != nil {
		return err
	}
	return s.retrying(ctx, func() error { return s.putNote(ctx, note) })
}

// putNote writes a note, and now and then deletes those that have expired.
func (s *Store) putNote(ctx context.Context, note store.Note) error {
	now := time.Now()
	if s.sweeper.due(now) {
		if err := s.writeNote(ctx, "DELETE FROM notes WHERE expires <= $1", now.UnixNano()); err != nil {
			return err
		}
	}
	return s.writeNote(ctx, `INSERT INTO notes (kind, scope, name, body, expires) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind, scope, name) DO UPDATE SET body = excluded.body, expires = excluded.expires`,
		append(keyArgs(note.Key), notNull(note.Body), note.Expires.UnixNano())...)
}

// DeleteNote implements store.Store.
func (s *Store) DeleteNote(ctx context.Context, key store.Key) error {
	return s.retrying(ctx, func() error {
		return s.writeNote(ctx, "DELETE FROM notes WHERE kind = $1 AND scope = $2 AND name = $3", keyArgs(key)...)
	})
}

// writeNote runs a statement by itself.
func (s *Store) writeNote(ctx context.Context, statement string, args ...any) error {
	t, err := begin(ctx, s.db.Notes)
	if err != nil {
		return s.failed(err)
	}
	defer func() { _ = t.conn.Close() }()
	if s.db.BeforeNote != "" {
		if _, err := t.exec(s.db.BeforeNote); err != nil {
			return s.failed(err)
		}
	}
	_, err = t.exec(statement, args...)
	if s.db.AfterNote != "" {
		// Whatever became of the note, what follows on this connection needs it.
		if _, err := t.conn.ExecContext(context.WithoutCancel(ctx), s.db.AfterNote); err != nil {
			return s.failed(err)
		}
	}
	return s.failed(err)
}

// Note implements store.Store.
func (s *Store) Note(ctx context.Context, key store.Key) (store.Note, error) {
	notes, err := s.notesWhere(ctx, key.Kind, "AND scope = $3 AND name = $4", []byte(key.Scope), []byte(key.Name))
	switch {
	case err != nil:
		return store.Note{}, err
	case len(notes) == 0:
		return store.Note{}, store.ErrNotFound
	}
	return notes[0], nil
}

// Notes implements store.Store.
func (s *Store) Notes(ctx context.Context, kind, scope string) ([]store.Note, error) {
	if scope == "*" {
		return s.notesWhere(ctx, kind, "ORDER BY scope, name")
	}
	return s.notesWhere(ctx, kind, "AND scope = $3 ORDER BY name", []byte(scope))
}

// notesWhere gives the notes of a kind that have not expired, and for which the rest of the statement holds. Its arguments begin with $3.
func (s *Store) notesWhere(ctx context.Context, kind, rest string, args ...any) (notes []store.Note, err error) {
	args = append([]any{[]byte(kind), time.Now().UnixNano()}, args...)
	err = s.retrying(ctx, func() error {
		t, err := begin(ctx, s.db.Reads)
		if err != nil {
			return s.failed(err)
		}
		defer func() { _ = t.conn.Close() }()
		notes, err = query(t, scanNote, "SELECT kind, scope, name, body, expires FROM notes WHERE kind = $1 AND expires > $2 "+rest, args...)
		return s.failed(err)
	})
	return notes, err
}

func scanNote(rows *sql.Rows) (note store.Note, err error) {
	var kind, scope, name []byte
	var expires int64
	err = rows.Scan(&kind, &scope, &name, &note.Body, &expires)
	note.Key = store.Key{Kind: string(kind), Scope: string(scope), Name: string(name)}
	note.Expires = time.Unix(0, expires)
	return note, err
}
