// SPDX-License-Identifier: Apache-2.0

// Package delivertest has what tests of delivery deliver, to which nodes, and to whom they report.
package delivertest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync"

	"gatewayresponses/internal/deliver"
)

// Document is a revision.
func Document(revision int64, text string) deliver.Document {
	sum := sha256.Sum256([]byte(text))
	return deliver.Document{Revision: revision, Text: []byte(text), Hash: hex.EncodeToString(sum[:])}
}

// Gateway is a fleet without a rollout, with a document that has no more than its number.
func Gateway(name string, revision int64) deliver.Fleet {
	return deliver.Fleet{Gateway: name, Stable: Document(revision, fmt.Sprintf(`{"revision":%d}`, revision))}
}

// Source is a deliver.Source whose fleets a test sets.
type Source struct {
	mu      sync.Mutex
	now     map[string]deliver.Fleet
	err     error
	changed chan struct{}
}

// NewSource makes a Source with fleets.
func NewSource(fleets ...deliver.Fleet) *Source {
	s := &Source{now: map[string]deliver.Fleet{}, changed: make(chan struct{}, 1)}
	s.Set(fleets...)
	return s
}

// Fleets implements deliver.Source.
func (s *Source) Fleets(context.Context) ([]deliver.Fleet, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Values(s.now)), s.err
}

// Changed implements deliver.Source. One reader at a time is told.
func (s *Source) Changed(context.Context) <-chan struct{} { return s.changed }

// Set adds fleets, or changes those of their names, and says so.
func (s *Source) Set(fleets ...deliver.Fleet) {
	s.change(func() {
		for _, f := range fleets {
			s.now[f.Gateway] = f
		}
	})
	s.wake()
}

// Remove takes a fleet away, and says so.
func (s *Source) Remove(gateway string) {
	s.change(func() { delete(s.now, gateway) })
	s.wake()
}

// Fail lets Fleets fail from now on, and says that something has changed; with nil it works again.
func (s *Source) Fail(err error) {
	s.change(func() { s.err = err })
	s.wake()
}

// Recover lets Fleets work again, and says nothing.
func (s *Source) Recover() { s.change(func() { s.err = nil }) }

func (s *Source) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *Source) wake() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}
