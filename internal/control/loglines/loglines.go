// SPDX-License-Identifier: Apache-2.0

// Package loglines waits for lines of access logs: that of a request which
// somebody sends through an Envoy, to see it.
//
// The request carries a word, and the node sends its line with it, to whichever
// server it is connected to. A server that does not wait for it itself leaves
// the line to the others in a note of the store. Anybody can send words through
// an Envoy, so a word says itself that a server made it, for which gateway and
// when: it is sealed, and others are dropped without a look at the store.
package loglines

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// Options are how Lines work.
type Options struct {
	// Store has the notes, and Sealer seals the words: both are those of all servers.
	Store  store.Store
	Sealer *auth.Sealer
	// Now is the clock.
	Now func() time.Time
	// Log is where it says which lines are lost.
	Log *slog.Logger
}

const (
	// Lasts is for how long a word counts, and a line is kept.
	Lasts = time.Minute
	// pollEvery is how often lines are looked for that came to another server.
	pollEvery = 200 * time.Millisecond
	// kind is the kind of the notes. Their scope is the gateway, their name the word.
	kind = "logline"
)

// Lines are what servers wait for. They are safe for concurrent use.
type Lines struct {
	options Options
	mu      sync.Mutex
	// waiting are those that this server waits for, by word.
	waiting map[string]*Expected
	// settled are the words whose line this server has noted or waits for no more, with when they stop to count. Whoever has seen a word can
	// send it through the node again, as often as they like.
	settled map[string]time.Time
}

// New makes Lines.
func New(options Options) *Lines {
	return &Lines{options: options, waiting: map[string]*Expected{}, settled: map[string]time.Time{}}
}

// Expected is a line that is waited for.
type Expected struct {
	// Word is what the request carries.
	Word    string
	gateway string
	lines   *Lines
	came    chan deliver.LogLine
}

// Expect begins to wait for a line of a node of a gateway. Whoever has it calls Forget.
func (l *Lines) Expect(gateway string) *Expected {
	now := binary.BigEndian.AppendUint64(nil, uint64(l.options.Now().Unix())) //nolint:gosec // the clock is after 1970
	e := &Expected{
		Word: hex.EncodeToString(l.options.Sealer.Seal(now, purpose(gateway))), gateway: gateway, lines: l, came: make(chan deliver.LogLine, 1),
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting[e.Word] = e
	return e
}

// purpose is what words of a gateway are sealed for.
func purpose(gateway string) string { return "log line of " + gateway }

// isOurs reports whether a server made a word, for a gateway and not long ago.
func (l *Lines) isOurs(gateway, word string) bool {
	sealed, err := hex.DecodeString(word)
	if err != nil {
		return false
	}
	made, err := l.options.Sealer.Open(sealed, purpose(gateway))
	if err != nil || len(made) != 8 {
		return false
	}
	age := l.options.Now().Unix() - int64(binary.BigEndian.Uint64(made)) //nolint:gosec // sealed by Expect
	return age <= int64(Lasts/time.Second)
}

// Forget ends the wait.
func (e *Expected) Forget() {
	e.lines.mu.Lock()
	defer e.lines.mu.Unlock()
	delete(e.lines.waiting, e.Word)
	e.lines.settle(e.Word)
}

// settle remembers that a word of ours needs no line any more, and reports whether that is new. There are no more words than requests within
// the time that they count. The lock is held.
func (l *Lines) settle(word string) bool {
	if _, known := l.settled[word]; known {
		return false
	}
	now := l.options.Now()
	maps.DeleteFunc(l.settled, func(_ string, until time.Time) bool { return until.Before(now) })
	l.settled[word] = now.Add(Lasts)
	return true
}

// isFirst reports whether a line is the first one about a word that a server made, for a gateway and not long ago.
func (l *Lines) isFirst(gateway, word string) bool {
	if !l.isOurs(gateway, word) {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.settle(word)
}

// Wait gives the line, or nil when it has not come before ctx ends. An error says that the store cannot be read.
func (e *Expected) Wait(ctx context.Context) (*deliver.LogLine, error) {
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		select {
		case line := <-e.came:
			return &line, nil
		case <-ctx.Done():
			return nil, nil //nolint:nilnil // no line, and nothing wrong
		case <-poll.C:
			line, err := e.lines.noted(ctx, e.gateway, e.Word)
			if line != nil || err != nil && ctx.Err() == nil {
				return line, err
			}
		}
	}
}

// noted reads a line that came to another server; nil if there is none.
func (l *Lines) noted(ctx context.Context, gateway, word string) (*deliver.LogLine, error) {
	note, err := l.options.Store.Note(ctx, store.Key{Kind: kind, Scope: gateway, Name: word})
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil //nolint:nilnil // no line, and nothing wrong
	}
	if err != nil {
		return nil, err
	}
	var line deliver.LogLine
	return &line, json.Unmarshal(note.Body, &line)
}

// Logged implements deliver.LogReader.
func (l *Lines) Logged(ctx context.Context, gateway, word string, line deliver.LogLine) {
	l.mu.Lock()
	e := l.waiting[word]
	l.mu.Unlock()
	switch {
	case e != nil && e.gateway == gateway:
		select {
		case e.came <- line:
		default: // the first one counts
		}
	case l.isFirst(gateway, word):
		if err := l.note(ctx, gateway, word, line); err != nil && ctx.Err() == nil {
			l.options.Log.Warn("the line of an access log is lost", "gateway", gateway, "error", err)
		}
	}
}

// note leaves a line to other servers.
func (l *Lines) note(ctx context.Context, gateway, word string, line deliver.LogLine) error {
	body, err := json.Marshal(line)
	if err != nil {
		return err
	}
	return l.options.Store.PutNote(ctx, store.Note{Key: store.Key{Kind: kind, Scope: gateway, Name: word}, Body: body, Expires: l.options.Now().Add(Lasts)})
}
