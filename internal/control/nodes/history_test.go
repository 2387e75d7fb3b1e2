// SPDX-License-Identifier: Apache-2.0

package nodes

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// counts are counters of a node.
type counts = map[string]uint64

// historyWorld is at the beginning of a piece.
func historyWorld(t *testing.T) *world {
	w := newWorld(t)
	w.now = w.now.Truncate(piece)
	w.options.Store = &clockedNotes{w.options.Store, w}
	return w
}

// clockedNotes is a store whose notes expire by the clock of the world.
type clockedNotes struct {
	store.Store
	world *world
}

func (c *clockedNotes) PutNote(ctx context.Context, note store.Note) error {
	note.Expires = time.Now().Add(note.Expires.Sub(c.world.now))
	return c.Store.PutNote(ctx, note)
}

// saw tells a server of a node that is connected; nil are no counters.
func (w *world) saw(r *Registry, id string, replies counts) {
	w.t.Helper()
	node := deliver.Node{ID: id, Gateway: gateway, State: deliver.Acknowledged, Replica: r.history.server}
	if replies != nil {
		node.Counters = &deliver.Counters{At: w.now, Replies: replies}
	}
	r.Saw(w.t.Context(), node)
}

// hourAfter are the errors that are seen an hour after now, by a server that has just started.
func (w *world) hourAfter() *Errors {
	w.t.Helper()
	options := w.options
	options.Now = func() time.Time { return w.now.Add(time.Hour) }
	got, err := New(options).Rates(w.t.Context(), gateway)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.HourAgo
}

// near wants a rate.
func (e *Errors) near(t *testing.T, name string, perSecond float64) {
	t.Helper()
	if got := e.PerSecond[name]; math.Abs(got-perSecond) > 1e-6 {
		t.Errorf("%s: %g a second, want %g", name, got, perSecond)
	}
}

// TestHourAgo says that errors of an hour ago are known, whichever servers the nodes were connected to, and that a node which starts
// anew counts from zero.
func TestHourAgo(t *testing.T) {
	w := historyWorld(t)
	here, there := w.Registry, New(w.options)
	w.saw(here, "a", counts{"THROTTLED.429": 1000, "heartbeat": 50, "left.upstream": 7})
	w.saw(there, "b", counts{"THROTTLED.429": 5})
	for i := range uint64(8) {
		w.now = w.now.Add(20 * time.Second)
		at, by := here, i+1
		if i >= 4 {
			at = there // the node goes to another server
		}
		if i == 4 {
			w.saw(there, "a", nil) // which it tells what it counts a moment later
		}
		w.saw(at, "a", counts{"THROTTLED.429": 1000 + 40*by, "heartbeat": 50 + 4*by, "left.upstream": 7})
		w.saw(there, "b", counts{"THROTTLED.429": 2 * by, "left.upstream": 20 * by}) // it has started anew: 2 are less than 5
	}
	during := w.now
	w.now = w.now.Add(piece - time.Minute)
	w.saw(here, "c", counts{})
	w.saw(there, "a", counts{"THROTTLED.429": 9000})
	w.now = during
	got := w.hourAfter()
	if got == nil {
		t.Fatal("nothing is known of an hour ago")
	}
	got.near(t, "THROTTLED.429", 2+0.1)
	got.near(t, "left.upstream", 1)
	if len(got.PerSecond) != 2 || math.Abs(got.All-3.1) > 1e-6 || got.To.Sub(got.From) != 160*time.Second {
		t.Errorf("%+v", got)
	}
	w.now = w.now.Add(2 * piece)
	if got := w.hourAfter(); got != nil {
		t.Errorf("of a piece in which nothing was counted: %+v", got)
	}
}

// TestPieces says that pieces are bounded in number and in size, and that what was counted just before the next one began is in the first.
func TestPieces(t *testing.T) {
	w := historyWorld(t)
	many := func(n uint64) counts {
		all := counts{}
		for i := range 2 * maxSummed {
			all[fmt.Sprintf("X_%d.429", i)] = n
		}
		return all
	}
	start := w.now
	for i := range uint64(61) {
		w.saw(w.Registry, "a", many(i))
		w.now = w.now.Add(time.Minute)
	}
	notes, err := w.options.Store.Notes(t.Context(), sumKind, gateway)
	if err != nil {
		t.Fatal(err)
	}
	if len(notes) != 7 {
		t.Errorf("%d notes of an hour and a minute, want one for each ten minutes", len(notes))
	}
	w.now = start
	got := w.hourAfter()
	if got == nil || len(got.PerSecond) != maxSummed {
		t.Fatalf("%+v", got)
	}
	for name := range got.PerSecond {
		got.near(t, name, 1.0/60)
	}
}

// TestSilence says that a node which was silent for long tells nothing of that time, and that one without counters tells nothing.
func TestSilence(t *testing.T) {
	w := historyWorld(t)
	w.saw(w.Registry, "a", counts{"THROTTLED.429": 1})
	w.saw(w.Registry, "b", nil)
	w.now = w.now.Add(piece + time.Second)
	w.saw(w.Registry, "a", counts{"THROTTLED.429": 100_000})
	w.saw(w.Registry, "b", counts{"THROTTLED.429": 100_000})
	if got := w.hourAfter(); got != nil {
		t.Errorf("%+v", got)
	}
}
