// SPDX-License-Identifier: Apache-2.0

package nodes

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
)

// gateway is the one that nodes are of.
const gateway = "default"

// world is a Registry with a clock that tests move.
type world struct {
	*Registry
	t   *testing.T
	now time.Time
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, now: time.Now().UTC()} // notes expire by the clock of the store
	w.Registry = New(Options{Store: storetest.New(t), Now: func() time.Time { return w.now }, Log: slog.New(slog.DiscardHandler)})
	return w
}

// of are the nodes of the gateway.
func (w *world) of() []deliver.Node {
	w.t.Helper()
	nodes, err := w.Of(w.t.Context(), gateway)
	if err != nil {
		w.t.Fatal(err)
	}
	return nodes
}

// TestNodes says what is known of nodes, and that what they say of themselves breaks nothing.
func TestNodes(t *testing.T) {
	w := newWorld(t)
	hostile := "evil\x1b[31m\x00\n" + strings.Repeat("é", 500)
	for _, node := range []deliver.Node{
		{ID: "a", State: deliver.Acknowledged, Wanted: 2, Running: 2},
		{ID: hostile, Cluster: hostile, Envoy: hostile, Why: strings.Repeat(hostile, 50), State: deliver.Refused},
		{ID: hostile + "2", State: deliver.Sent},
		{ID: "b", State: deliver.Lost},
	} {
		node.Gateway = gateway
		w.Saw(t.Context(), node)
	}
	nodes := w.of()
	if len(nodes) != 4 || nodes[0].ID != "a" || nodes[1].State != deliver.Lost {
		t.Fatalf("%+v", nodes)
	}
	for _, node := range nodes {
		if len(node.ID) > MaxID || len(node.Why) > maxWhy || strings.ContainsAny(node.ID+node.Why+node.Cluster+node.Envoy, "\x00\x1b\n") {
			t.Errorf("%q is kept as it came: %q", node.ID, node.Why)
		}
	}
	if nodes[2].ID == nodes[3].ID {
		t.Error("two nodes became one")
	}
}

// TestNodesThatMove says that a node is lost only if the server that lost it is the one that had it last.
func TestNodesThatMove(t *testing.T) {
	w := newWorld(t)
	here, there := w.Registry, New(w.options)
	saw := func(r *Registry, replica string, state deliver.State) deliver.Node {
		r.Saw(t.Context(), deliver.Node{ID: "a", Gateway: gateway, Replica: replica, State: state, Wanted: 1, Running: 1})
		nodes := w.of()
		if len(nodes) != 1 {
			t.Fatalf("%+v", nodes)
		}
		return nodes[0]
	}
	saw(here, "here", deliver.Acknowledged)
	saw(there, "there", deliver.Acknowledged)
	if node := saw(here, "here", deliver.Lost); node.State != deliver.Acknowledged || node.Replica != "there" {
		t.Errorf("the server before lost it: %+v", node)
	}
	if node := saw(there, "there", deliver.Lost); node.State != deliver.Lost {
		t.Errorf("the server that had it lost it: %+v", node)
	}
	if node := saw(here, "here", deliver.Acknowledged); node.State != deliver.Acknowledged || node.Replica != "here" {
		t.Errorf("it came back: %+v", node)
	}
}

// TestManyNodes says that the nodes of a gateway are bounded: those that were lost first are forgotten, those that are connected not.
func TestManyNodes(t *testing.T) {
	w := newWorld(t)
	w.options.Max = 20
	lost := func(i int) deliver.Node {
		return deliver.Node{ID: fmt.Sprintf("lost-%03d", i), Gateway: gateway, State: deliver.Lost, Changed: w.now.Add(time.Duration(i) * time.Second)}
	}
	for i := range 15 {
		w.Saw(t.Context(), lost(i))
	}
	for i := range 10 {
		w.Saw(t.Context(), deliver.Node{ID: fmt.Sprintf("here-%03d", i), Gateway: gateway, State: deliver.Acknowledged})
	}
	nodes := w.of()
	if len(nodes) != 20 || nodes[0].ID != "here-000" || nodes[9].ID != "here-009" || nodes[10].ID != "lost-005" {
		t.Errorf("%+v", nodes)
	}
	for i := range 30 {
		w.Saw(t.Context(), deliver.Node{ID: fmt.Sprintf("more-%03d", i), Gateway: gateway, State: deliver.Acknowledged})
	}
	nodes = w.of()
	if len(nodes) != 20 || nodes[9].ID != "here-009" || nodes[10].ID != "more-000" {
		t.Errorf("%d nodes: %+v", len(nodes), nodes)
	}
}

// TestNodesAtOnce says that nodes which come at once, as to a server that starts, take time in proportion.
func TestNodesAtOnce(t *testing.T) {
	const count = 2000
	w := newWorld(t)
	reads := &countedNotes{Store: w.options.Store}
	w.options.Store = reads
	for i := range count {
		w.Saw(t.Context(), deliver.Node{ID: fmt.Sprint("node-", i), Gateway: gateway, State: deliver.Acknowledged})
	}
	if nodes := w.of(); len(nodes) != count {
		t.Errorf("%d nodes are noted, want %d", len(nodes), count)
	}
	if reads.count > 10 {
		t.Errorf("the nodes were read %d times while %d came", reads.count, count)
	}
}

// countedNotes is a store that counts how often notes are read.
type countedNotes struct {
	store.Store
	count int
}

func (c *countedNotes) Notes(ctx context.Context, kind, scope string) ([]store.Note, error) {
	c.count++
	return c.Store.Notes(ctx, kind, scope)
}

// TestRates says that rates are summed over nodes, and that a node which starts anew counts from zero.
func TestRates(t *testing.T) {
	w := newWorld(t)
	saw := func(id string, state deliver.State, count uint64, invalid bool) {
		w.Saw(t.Context(), deliver.Node{ID: id, Gateway: gateway, State: state, Counters: &deliver.Counters{
			At: w.now, Replies: map[string]uint64{"THROTTLED.429": count}, Revision: 7, Invalid: invalid,
		}})
	}
	saw("a", deliver.Acknowledged, 100, false)
	saw("b", deliver.Acknowledged, 1000, false)
	saw("gone", deliver.Acknowledged, 1000, false)
	w.now = w.now.Add(10 * time.Second)
	saw("a", deliver.Acknowledged, 150, true)
	saw("b", deliver.Acknowledged, 1001, false) // too soon to be noted
	w.now = w.now.Add(10 * time.Second)
	saw("a", deliver.Acknowledged, 150, true)
	saw("b", deliver.Acknowledged, 20, false)
	saw("gone", deliver.Lost, 2000, false)
	w.Saw(t.Context(), deliver.Node{ID: "silent", Gateway: gateway, State: deliver.Acknowledged})
	got, err := w.Rates(t.Context(), gateway)
	if err != nil {
		t.Fatal(err)
	}
	if got.Nodes != 3 || got.Counted != 2 || got.Invalid != 1 || got.Revisions[7] != 2 || got.Total["THROTTLED.429"] != 170 || got.Now.PerSecond["THROTTLED.429"] != 5+1 || got.HourAgo != nil {
		t.Errorf("%+v", got)
	}
}

// TestRatesClock has the clock of a server go back: nothing is counted within no time, and what is sent is numbers.
func TestRatesClock(t *testing.T) {
	w := newWorld(t)
	begun := w.now
	for i, at := range []time.Duration{0, 10 * time.Second, 0, -10 * time.Second} {
		w.now = begun.Add(at)
		w.Saw(t.Context(), deliver.Node{ID: "a", Gateway: gateway, State: deliver.Acknowledged, Running: int64(i), Counters: &deliver.Counters{
			At: w.now, Replies: map[string]uint64{"THROTTLED.429": uint64(i) * 10}, //nolint:gosec // a few
		}})
	}
	got, err := w.Rates(t.Context(), gateway)
	if err != nil {
		t.Fatal(err)
	}
	if got.Now.All != 0 || len(got.Now.PerSecond) != 0 || got.Total["THROTTLED.429"] != 30 {
		t.Errorf("%+v", got)
	}
}

// TestBothAdapters says that an Envoy which has the filter by both adapters is two nodes, and that each is lost by itself.
func TestBothAdapters(t *testing.T) {
	w := newWorld(t)
	w.options.Max = 2
	saw := func(by ability.Adapter, state deliver.State) {
		w.Saw(t.Context(), deliver.Node{ID: "a", Adapter: by, Gateway: gateway, State: state})
	}
	saw(ability.Wasm, deliver.Acknowledged)
	saw(ability.Module, deliver.Acknowledged)
	saw(ability.Module, deliver.Lost)
	if nodes := w.of(); len(nodes) != 2 || nodes[0].State != deliver.Acknowledged || nodes[1].Adapter != ability.Module || nodes[1].State != deliver.Lost {
		t.Errorf("%+v", nodes)
	}
	w.Saw(t.Context(), deliver.Node{ID: "b", Adapter: ability.Wasm, Gateway: gateway, State: deliver.Acknowledged})
	if nodes := w.of(); len(nodes) != 2 || nodes[0].Adapter != ability.Wasm || nodes[1].ID != "b" {
		t.Errorf("the one that was lost is not forgotten for another: %+v", nodes)
	}
}
