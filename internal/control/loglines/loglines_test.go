// SPDX-License-Identifier: Apache-2.0

package loglines

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
)

// servers are two on one store, with a clock that tests move.
func servers(t *testing.T) (a, b *Lines, on store.Store, now *time.Time) {
	t.Helper()
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now()
	on = storetest.New(t)
	o := Options{Store: on, Sealer: sealer, Now: func() time.Time { return at }, Log: slog.New(slog.DiscardHandler)}
	return New(o), New(o), on, &at
}

// wait waits a moment for a line, and gives its status; 0 for none.
func wait(t *testing.T, e *Expected, d time.Duration) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	line, err := e.Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if line == nil {
		return 0
	}
	return line.ResponseCode
}

func notes(t *testing.T, on store.Store) int {
	t.Helper()
	all, err := on.Notes(t.Context(), kind, "*")
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func line(status int) deliver.LogLine { return deliver.LogLine{ResponseCode: status} }

// TestLines has lines come to the server that waits, and to another one.
func TestLines(t *testing.T) {
	a, b, on, _ := servers(t)
	e := a.Expect("default")
	defer e.Forget()
	a.Logged(t.Context(), "default", e.Word, line(404))
	a.Logged(t.Context(), "default", e.Word, line(500)) // the first one counts
	if got := wait(t, e, 10*time.Second); got != 404 {
		t.Errorf("the line has %d, want 404", got)
	}
	if notes(t, on) != 0 {
		t.Error("a line that somebody waits for here is noted")
	}
	other := a.Expect("default")
	defer other.Forget()
	b.Logged(t.Context(), "default", other.Word, line(429))
	if got := wait(t, other, 10*time.Second); got != 429 {
		t.Errorf("the line that came to another server has %d, want 429", got)
	}
	if got := wait(t, a.Expect("default"), 2*pollEvery); got != 0 {
		t.Errorf("the line that never came has %d", got)
	}
}

// TestStrangers holds that nothing is kept of words that no server made, that are of another gateway, or old.
func TestStrangers(t *testing.T) {
	a, b, on, now := servers(t)
	e := a.Expect("default")
	defer e.Forget()
	for _, word := range []string{"", "x", "00", strings.Repeat("0", len(e.Word)), e.Word + "00", e.Word[2:], strings.Repeat("ab", 5000)} {
		a.Logged(t.Context(), "default", word, line(1))
		b.Logged(t.Context(), "default", word, line(1))
	}
	a.Logged(t.Context(), "shop", e.Word, line(1))
	b.Logged(t.Context(), "shop", e.Word, line(1))
	if got := wait(t, e, 2*pollEvery); got != 0 || notes(t, on) != 0 {
		t.Errorf("a line of a stranger came: %d; %d are noted", got, notes(t, on))
	}
	*now = now.Add(Lasts + time.Second)
	if b.Logged(t.Context(), "default", e.Word, line(1)); notes(t, on) != 0 {
		t.Error("a line with an old word is noted")
	}
	e.Forget()
	if a.Logged(t.Context(), "default", e.Word, line(1)); len(a.waiting) != 0 || notes(t, on) != 0 {
		t.Error("something is left of a wait that has ended")
	}
}

// TestSentAgain holds that a word which somebody has seen, and sends through the node again and again, is written down once, and not at all
// where it was waited for.
func TestSentAgain(t *testing.T) {
	a, b, on, now := servers(t)
	counted := &countedNotes{Store: on}
	a.options.Store, b.options.Store = counted, counted
	e := a.Expect("default")
	for range 1000 {
		b.Logged(t.Context(), "default", e.Word, line(404))
	}
	if got := wait(t, e, 10*time.Second); got != 404 || counted.put != 1 {
		t.Errorf("the line has %d, and was noted %d times", got, counted.put)
	}
	e.Forget()
	for range 1000 {
		a.Logged(t.Context(), "default", e.Word, line(500))
	}
	if counted.put != 1 {
		t.Errorf("lines that nobody waits for are noted: %d", counted.put)
	}
	*now = now.Add(Lasts + time.Second)
	a.Expect("default").Forget()
	if len(a.settled) != 1 {
		t.Errorf("%d words are remembered, of which one counts", len(a.settled))
	}
}

// countedNotes counts the notes that are written.
type countedNotes struct {
	store.Store
	put int
}

func (c *countedNotes) PutNote(ctx context.Context, note store.Note) error {
	c.put++
	return c.Store.PutNote(ctx, note)
}
