// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"maps"
	"sync"
	"time"

	"gatewayresponses/internal/deliver"
)

// hub knows what each gateway's nodes should have, who is connected, and what is not reported yet.
type hub struct {
	replica string
	now     func() time.Time

	mu sync.Mutex
	// fleets are by gateway, nil until they are known.
	fleets  map[string]*fleet
	streams map[int64]*stream
	watches map[*watch]struct{}
	// nodes are those that are connected.
	nodes map[nodeKey]*node
	// unreported is what the watcher has not been told yet; wake says that there is something.
	unreported map[nodeKey]deliver.Node
	wake       chan struct{}
	counters   map[string]*counters
	// sent and refused are how many documents were sent, and refused.
	sent, refused int
}

func newHub(replica string, now func() time.Time) *hub {
	return &hub{
		replica: replica, now: now,
		streams: map[int64]*stream{}, watches: map[*watch]struct{}{}, nodes: map[nodeKey]*node{},
		unreported: map[nodeKey]deliver.Node{}, wake: make(chan struct{}, 1), counters: map[string]*counters{},
	}
}

// known are the fleets as they are.
func (h *hub) known() map[string]*fleet {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.fleets)
}

// loaded reports whether the hub knows what to deliver.
func (h *hub) loaded() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.fleets != nil
}

// set replaces the fleets, and answers the watches for which that gives something new.
func (h *hub) set(fleets map[string]*fleet) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fleets = fleets
	for w := range h.watches {
		h.answer(w)
	}
	for _, n := range h.nodes {
		h.settle(n)
	}
}
