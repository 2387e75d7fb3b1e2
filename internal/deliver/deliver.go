// SPDX-License-Identifier: Apache-2.0

// Package deliver says what is delivered to Envoys, and what comes back from
// them. internal/deliver/xds and internal/deliver/file carry it there.
package deliver

import (
	"context"
	"time"

	"gatewayresponses/internal/ability"
)

// Document is what nodes get: one revision of a gateway.
type Document struct {
	// Revision is its number.
	Revision int64
	// Text is the document.
	Text []byte
	// Hash is the SHA-256 of the text, in hex.
	Hash string
}

// Fleet is what the nodes of one gateway should run.
type Fleet struct {
	// Gateway is its name.
	Gateway string
	// Plugin is where nodes find the filter, and how they run it.
	Plugin Plugin
	// Stable is for all nodes that Selector does not choose.
	Stable Document
	// First is for the nodes that Selector chooses, while a rollout runs; nil otherwise.
	First *Document
	// Selector chooses the nodes that get First.
	Selector Selector
}

// Plugin is how the nodes of a gateway run the filter.
type Plugin struct {
	// File is the path of plugin.wasm where Envoy runs.
	File string `json:"file,omitempty"`
	// Version is the version of the filter that documents must suit.
	Version string `json:"version,omitempty"`
	// Environment is what the filter finds in its environment, such as GWR_ON_INVALID.
	Environment map[string]string `json:"environment,omitempty"`
}

// Selector chooses nodes. All keys given must hold; none chooses no node.
type Selector struct {
	// Nodes are globs of node ids.
	Nodes []string `json:"nodes,omitempty"`
	// Clusters are globs of Envoy's --service-cluster.
	Clusters []string `json:"clusters,omitempty"`
}

// State is how a node stands to what it should run.
type State string

// The states of nodes.
const (
	// Sent means that the node has not answered yet.
	Sent State = "sent"
	// Acknowledged means that the node took it.
	Acknowledged State = "acknowledged"
	// Refused means that the node goes on with what it had.
	Refused State = "refused"
	// Lost means that the node's stream ended.
	Lost State = "lost"
)

// Node is an Envoy, as its stream shows it.
type Node struct {
	ID      string `json:"id"`
	Cluster string `json:"cluster,omitempty"`
	// Envoy is its version.
	Envoy   string `json:"envoy,omitempty"`
	Gateway string `json:"gateway"`
	// Adapter is how it runs the filter, as a wasm filter or as a dynamic module.
	Adapter ability.Adapter `json:"adapter,omitempty"`
	// Replica is the server that it is connected to.
	Replica string `json:"replica,omitempty"`
	State   State  `json:"state"`
	// Wanted and Running are numbers of revisions; Running is 0 until one is acknowledged.
	Wanted  int64 `json:"wanted"`
	Running int64 `json:"running"`
	// Why is what the node said when it refused.
	Why string `json:"why,omitempty"`
	// Connected and Changed are when its stream and its state began.
	Connected time.Time `json:"connected"`
	Changed   time.Time `json:"changed"`
	// RunningSince is when it took the revision that it runs; zero if it had it when its stream began.
	RunningSince time.Time `json:"runningSince,omitzero"`
	// Counters are those of the filter, where the node sends them; nil if it does not.
	Counters *Counters `json:"counters,omitempty"`
}

// Counters are what the filter of a node has counted since it started.
type Counters struct {
	// At is when the node sent them.
	At time.Time `json:"at"`
	// Replies counts by the rest of the names of counters after "gateway_responses.", such as THROTTLED.429 and left.upstream.
	Replies map[string]uint64 `json:"replies,omitempty"`
	// Revision is the gauge of the revision in force.
	Revision int64 `json:"revision"`
	// Invalid reports whether the filter runs something else than the document it was given.
	Invalid bool `json:"invalid"`
}

// Source knows what should be delivered.
type Source interface {
	// Fleets gives all fleets, by name.
	Fleets(ctx context.Context) ([]Fleet, error)
	// Changed gets a value when Fleets may give something else. It is closed with the context.
	Changed(ctx context.Context) <-chan struct{}
}

// Watcher is told of nodes.
type Watcher interface {
	// Saw takes what is known of a node, after each change, and again at least every ten seconds while it is connected.
	Saw(ctx context.Context, node Node)
}
