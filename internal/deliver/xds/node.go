// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"time"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/filter"
	"gatewayresponses/internal/emit/envoy"
)

// nodeKey names a node that asks for a resource.
type nodeKey struct {
	resource envoy.Resource
	id       string
}

// node is a node that is connected and asks for a resource, on one stream.
type node struct {
	resource envoy.Resource
	// shown is what watchers are told, without counters.
	shown deliver.Node
	// running and refused are the versions that it took and refused last; why is what it said.
	running, refused, why string
	reported              time.Time
	// older and newer are the same node on its other streams: it comes back before its old stream is known to have ended, and two Envoys
	// have one id while one takes over from the other. The newest is shown.
	older, newer *node
}

// join makes a node known that asks for a resource, with the version that it says it has.
func (h *hub) join(s *stream, resource envoy.Resource, running string) {
	n := &node{resource: resource, running: running, shown: deliver.Node{
		ID: s.node.ID, Cluster: s.node.Cluster, Envoy: s.node.Envoy, Gateway: resource.Gateway, Adapter: resource.Adapter, Replica: h.replica,
		Connected: h.now(), Changed: h.now(),
	}}
	key := n.key()
	if n.older = h.nodes[key]; n.older != nil {
		n.older.newer = n
	}
	if s.nodes == nil {
		s.nodes = map[envoy.Resource]*node{}
	}
	s.nodes[resource], h.nodes[key] = n, n
	h.settle(n)
}

// key is its name.
func (n *node) key() nodeKey { return nodeKey{n.resource, n.shown.ID} }

// leave forgets that a node asks for a resource on a stream. If that was the newest, the node is shown as it is on the one before, or as lost.
func (h *hub) leave(s *stream, resource envoy.Resource) {
	n := s.nodes[resource]
	if n == nil {
		return
	}
	delete(s.nodes, resource)
	if n.older != nil {
		n.older.newer = n.newer
	}
	if n.newer != nil {
		n.newer.older = n.older
		return
	}
	key := n.key()
	if n.older != nil {
		h.nodes[key] = n.older
		h.settle(n.older)
		n = n.older
	} else {
		delete(h.nodes, key)
		n.shown.State, n.shown.Changed = deliver.Lost, h.now()
	}
	if h.fleets[resource.Gateway] != nil {
		h.report(n)
	}
}

// took takes that a node runs a version.
func (n *node) took(version string, now time.Time) {
	if n.running != version {
		n.shown.RunningSince = now
	}
	n.running, n.refused, n.why = version, "", ""
}

// settle finds out how a node stands to what it should have. A node of a gateway that is not there is not reported.
func (h *hub) settle(n *node) {
	f := h.fleets[n.shown.Gateway]
	if f == nil {
		return
	}
	wanted := f.wanted(n.resource.Adapter, n.shown.ID, n.shown.Cluster).GetVersion()
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
