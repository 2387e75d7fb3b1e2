// SPDX-License-Identifier: Apache-2.0

package nodes

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// What was counted is summed up in pieces of ten minutes, so that errors of now can be compared with those of an hour ago. Each server
// keeps a note for each gateway and piece, of what the nodes have counted that told it: nodes go from one server to the next, and no count is
// in two notes. A server that starts anew begins notes of its own.
const (
	// piece is for how long errors are summed up together, and piecesFor how long a piece is kept.
	piece     = 10 * time.Minute
	piecesFor = 90 * time.Minute
	// writeEvery is how often a piece is written that still grows. What was not written is lost with the server.
	writeEvery = 15 * time.Second
	// maxSummed is how many different replies a piece has, and maxGateways of how many gateways a server sums up.
	maxSummed, maxGateways = 512, 10_000
)

// sumKind is the kind of the notes. Their scope is the gateway, their name the beginning of the piece and a word for the server.
const sumKind = "errors"

// sum is what was counted.
type sum struct {
	// From and To are when the first and the last of it may have been counted.
	From    time.Time         `json:"from"`
	To      time.Time         `json:"to"`
	Replies map[string]uint64 `json:"replies,omitempty"`
}

// history sums up what the nodes count that tell this server.
type history struct {
	// server is a word that no other server has, nor this one after it has started anew.
	server string
	mu     sync.Mutex
	// growing are the pieces of now, by gateway.
	growing map[string]*growing
}

// growing is a piece that is not over.
type growing struct {
	sum
	start   time.Time
	written time.Time
}

func newHistory() *history { return &history{server: rand.Text(), growing: map[string]*growing{}} }

// add takes what a node has counted from one moment to the next, and gives the notes that are to be written. A node that was silent for
// longer than a piece begins anew: nobody knows when it counted what.
func (h *history) add(gateway string, before, now *deliver.Counters) []store.Note {
	if before == nil || now == nil || !now.At.After(before.At) || now.At.Sub(before.At) > piece {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	var due []store.Note
	start := now.At.Truncate(piece)
	g := h.growing[gateway]
	if g != nil && start.After(g.start) {
		due = append(due, h.note(gateway, g))
		g = nil
	}
	if g == nil {
		if len(h.growing) >= maxGateways {
			clear(h.growing)
		}
		g = &growing{sum: sum{From: before.At, To: now.At, Replies: map[string]uint64{}}, start: start}
		h.growing[gateway] = g
	}
	g.take(before, now)
	if now.At.Sub(g.written) >= writeEvery {
		g.written = now.At
		due = append(due, h.note(gateway, g))
	}
	return due
}

// take adds what a node has counted.
func (s *sum) take(before, now *deliver.Counters) {
	s.span(before.At, now.At)
	for name, count := range counted(before, now) {
		s.grow(name, count)
	}
}

// span makes the time longer.
func (s *sum) span(from, to time.Time) {
	if s.From.IsZero() || from.Before(s.From) {
		s.From = from
	}
	if to.After(s.To) {
		s.To = to
	}
}

// grow adds to a count, unless there are too many different ones.
func (s *sum) grow(name string, count uint64) {
	if _, known := s.Replies[name]; known || len(s.Replies) < maxSummed {
		s.Replies[name] += count
	}
}

// note is the note of a piece.
func (h *history) note(gateway string, g *growing) store.Note {
	body, _ := json.Marshal(g.sum) // times and numbers have a form in JSON
	return store.Note{
		Key:  store.Key{Kind: sumKind, Scope: gateway, Name: pieceName(g.start) + h.server},
		Body: body, Expires: g.start.Add(piecesFor),
	}
}

// pieceName is how the names of all notes about a piece begin.
func pieceName(start time.Time) string { return start.UTC().Format(time.RFC3339) + "/" }

// summed is what all servers know of the piece in which a moment is. It is zero if there is none.
func (r *Registry) summed(ctx context.Context, gateway string, at time.Time) (all sum, err error) {
	notes, err := r.options.Store.Notes(ctx, sumKind, gateway)
	if err != nil {
		return all, err
	}
	all.Replies = map[string]uint64{}
	for _, note := range notes {
		if !strings.HasPrefix(note.Name, pieceName(at.Truncate(piece))) {
			continue
		}
		var s sum
		if err := json.Unmarshal(note.Body, &s); err != nil {
			return all, fmt.Errorf("errors %s: %w", note.Name, err)
		}
		all.span(s.From, s.To)
		for name, count := range s.Replies {
			all.grow(name, count)
		}
	}
	return all, nil
}

// counted is what a node has counted of replies from one moment to the next. One that counts less than before of anything has started
// anew, at zero.
func counted(before, now *deliver.Counters) map[string]uint64 {
	old := before.Replies
	for name, count := range now.Replies {
		if count < old[name] {
			old = nil
			break
		}
	}
	more := map[string]uint64{}
	for name, count := range now.Replies {
		if count > old[name] && isReply(name) {
			more[name] = count - old[name]
		}
	}
	return more
}

// isReply reports whether a counter counts replies: those that were replaced, by type and status, and those that were left.
func isReply(name string) bool {
	return strings.HasPrefix(name, leftPrefix) || name != "" && name[0] >= 'A' && name[0] <= 'Z'
}

// leftPrefix is how the names of counters begin that count replies which were left as they were.
const leftPrefix = "left."
