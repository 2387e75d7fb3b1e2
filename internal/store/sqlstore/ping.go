// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"context"
	"time"

	"gatewayresponses/internal/store"
)

// pingNote is written to find out whether the store can be written.
var pingNote = store.Key{Kind: "ping", Name: "ping"}

// Ping implements store.Store. It does not try again: who asks wants to know how it is now.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.check(); err != nil {
		return s.failed(err)
	}
	if _, err := s.changeNumber(ctx); err != nil {
		return s.failed(err)
	}
	return s.putNote(ctx, store.Note{Key: pingNote, Expires: time.Now().Add(time.Minute)})
}

func (s *Store) check() error {
	if s.db.Check == nil {
		return nil
	}
	return s.db.Check()
}
