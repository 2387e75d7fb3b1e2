// SPDX-License-Identifier: Apache-2.0

package nodes

import (
	"sync"
	"time"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// maxSeen is how many nodes a server remembers. It is above what it can be connected to.
const maxSeen = 200_000

// seen remembers the nodes that this server has noted, by the names of their notes.
type seen struct {
	mu    sync.Mutex
	nodes map[store.Key]noted
	// places are how many new nodes of a gateway may be noted before its nodes are counted again.
	places map[string]int
}

// noted is what was noted of a node, and when.
type noted struct {
	nodeNote
	at time.Time
}

// last gives what was noted of a node. It reports whether the node is known.
func (s *seen) last(key store.Key) (noted, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, known := s.nodes[key]
	return n, known
}

// keep remembers what was noted of a node.
func (s *seen) keep(key store.Key, n noted) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.nodes == nil || len(s.nodes) >= maxSeen {
		s.nodes = map[store.Key]noted{}
	}
	s.nodes[key] = n
}

// forget forgets a node.
func (s *seen) forget(key store.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.nodes, key)
}

// take takes one of the places of a gateway. It reports whether there was one.
func (s *seen) take(gateway string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.places[gateway] == 0 {
		return false
	}
	s.places[gateway]--
	return true
}

// give says how many places a gateway has.
func (s *seen) give(gateway string, places int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.places == nil {
		s.places = map[string]int{}
	}
	s.places[gateway] = places
}

// tellsNew reports whether a node is in another state than the one noted. Counts alone are nothing new.
func (n noted) tellsNew(node deliver.Node) bool {
	before, now := n.Counters, node.Counters
	if (before == nil) != (now == nil) || now != nil && (before.Invalid != now.Invalid || before.Revision != now.Revision) {
		return true
	}
	plain := func(n deliver.Node) deliver.Node {
		n.Counters, n.Connected, n.Changed, n.RunningSince = nil, n.Connected.UTC(), n.Changed.UTC(), n.RunningSince.UTC()
		return n
	}
	return plain(n.Node) != plain(node)
}
