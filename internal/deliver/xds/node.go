// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"time"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/filter"
)

// nodeKey names a node of a gateway.
type nodeKey struct{ gateway, id string }

// node is a node of a gateway that is connected.
type node struct {
	// shown is what watchers are told, without counters.
	shown deliver.Node
	// stream is the newest one that the node asks on. When a node comes back before its old stream is known to have ended, it
	// has two.
	stream int64
	// running and refused are the versions that it took and refused last; why is what it said.
	running, refused, why string
	reported              time.Time
}

// join makes a node of a gateway known, with the version that it says it has.
func (h *hub) join(s *stream, gateway, running string) {
	n := &node{stream: s.id, running: running, shown: deliver.Node{
		ID: s.node.ID, Cluster: s.node.Cluster, Envoy: s.node.Envoy, Gateway: gateway, Replica: h.replica,
		Connected: h.now(), Changed: h.now(),
	}}
	h.nodes[nodeKey{gateway, s.node.ID}] = n
	h.settle(n)
}

// leave forgets a node of a gateway, unless it is on a newer stream.
func (h *hub) leave(s *stream, gateway string) {
	key := nodeKey{gateway, s.node.ID}
	n := h.nodes[key]
	if n == nil || n.stream != s.id {
		return
	}
	delete(h.nodes, key)
	if h.fleets[gateway] != nil {
		n.shown.State, n.shown.Changed = deliver.Lost, h.now()
		h.report(n)
	}
}

// settle finds out how a node stands to what it should have. A node of a gateway that is not there is not reported.
func (h *hub) settle(n *node) {
	f := h.fleets[n.shown.Gateway]
	if f == nil {
		return
	}
	wanted := f.wanted(n.shown.ID, n.shown.Cluster).GetVersion()
	next := n.shown
	next.Wanted, next.Running, next.Why = filter.Revision(wanted), filter.Revision(n.running), ""
	switch wanted {
	case n.running:
		next.State = deliver.Acknowledged
	case n.refused:
		next.State, next.Why = deliver.Refused, n.why
	default:
		next.State = deliver.Sent
	}
	if next == n.shown {
		return
	}
	next.Changed = h.now()
	n.shown = next
	h.report(n)
}
