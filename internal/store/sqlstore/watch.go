// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"context"
	"sync"
	"time"
)

// watcher tells of changes.
type watcher struct {
	mu sync.Mutex
	// number is that of the last change that was told.
	number int64
	told   map[chan struct{}]struct{}
}

func newWatcher(number int64) *watcher {
	return &watcher{number: number, told: map[chan struct{}]struct{}{}}
}

// saw tells of a change, unless it was told of it.
func (w *watcher) saw(number int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if number <= w.number {
		return
	}
	w.number = number
	for c := range w.told {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

func (w *watcher) add() chan struct{} {
	c := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.told == nil {
		close(c)
		return c
	}
	w.told[c] = struct{}{}
	return c
}

func (w *watcher) remove(c chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.told[c]; ok {
		delete(w.told, c)
		close(c)
	}
}

func (w *watcher) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.told {
		close(c)
	}
	w.told = nil
}

// Changed implements store.Store. The channel is closed with the store, too.
func (s *Store) Changed(ctx context.Context) <-chan struct{} {
	c := s.watcher.add()
	context.AfterFunc(ctx, func() { s.watcher.remove(c) })
	return c
}

// watch looks for changes of other processes until the context ends. A database that cannot be reached has none to tell.
func (s *Store) watch(ctx context.Context) {
	poll := time.NewTicker(s.db.Poll)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-poll.C:
		case <-s.db.Wake:
		}
		if number, err := s.changeNumber(ctx); err == nil {
			s.watcher.saw(number)
		}
	}
}

// changeNumber is how many changes were made so far.
func (s *Store) changeNumber(ctx context.Context) (int64, error) {
	var number int64
	err := s.db.Reads.QueryRowContext(ctx, "SELECT number FROM changes WHERE id = 1").Scan(&number)
	return number, err
}
