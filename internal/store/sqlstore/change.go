// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"gatewayresponses/internal/store"
)

// settleTime is how long is looked for what became of a change whose commit failed.
const settleTime = 10 * time.Second

// Change implements store.Store.
func (s *Store) Change(ctx context.Context, f func(store.Writer) error) error {
	return s.retrying(ctx, func() error {
		made, uncertain, err := s.try(ctx, f)
		if uncertain {
			err = s.settle(ctx, made, err)
		}
		if err == nil {
			s.watcher.saw(made.number)
		}
		return err
	})
}

// stamp is what a change leaves in the table of changes.
type stamp struct {
	number int64
	token  []byte
}

// try runs a change. Its stamp is zero if it wrote nothing, and what became of it is uncertain if its commit failed.
func (s *Store) try(ctx context.Context, f func(store.Writer) error) (made stamp, uncertain bool, err error) {
	t, err := begin(ctx, s.db.Writes, s.db.BeginChange)
	if err != nil {
		return made, false, s.failed(err)
	}
	defer t.rollback()
	if err := s.check(); err != nil {
		return made, false, s.failed(err)
	}
	last, err := lock(t, s.db.ForUpdate)
	if err != nil {
		return made, false, s.failed(err)
	}
	w := &writer{reader: reader{t}}
	if err := s.outcome(t, f(w)); err != nil || !w.wrote {
		return made, false, err
	}
	made = stamp{number: last.number + 1, token: []byte(rand.Text())}
	if err := made.write(t, s.db.Notify); err != nil {
		return made, false, s.failed(err)
	}
	if err := t.commit(); err != nil {
		return made, true, s.failed(err)
	}
	return made, false, nil
}

// lock waits for all other changes, and reads the stamp of the last.
func lock(t *transaction, forUpdate string) (stamp, error) {
	var last stamp
	err := t.queryRow("SELECT number, token FROM changes WHERE id = 1"+forUpdate, nil, &last.number, &last.token)
	return last, err
}

func (s stamp) write(t *transaction, notify string) error {
	if _, err := t.exec("UPDATE changes SET number = $1, token = $2 WHERE id = 1", s.number, s.token); err != nil {
		return err
	}
	if notify == "" {
		return nil
	}
	_, err := t.exec(notify)
	return err
}

// settle finds out what became of a change whose commit failed: nil if it was made, its failure if not. The stamp of the
// last change says so, unless others were made since.
func (s *Store) settle(ctx context.Context, made stamp, failure error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	var last stamp
	err := s.retrying(ctx, func() error {
		t, err := begin(ctx, s.db.Writes, s.db.BeginChange)
		if err != nil {
			return s.failed(err)
		}
		defer t.rollback()
		last, err = lock(t, s.db.ForUpdate)
		return s.failed(err)
	})
	switch {
	case err != nil || last.number > made.number:
		return fmt.Errorf("%w: %v", store.ErrUnknown, failure) //nolint:errorlint // who asks for ErrUnavailable wants to hear that nothing was changed
	case string(last.token) == string(made.token):
		return nil
	}
	return failure
}
