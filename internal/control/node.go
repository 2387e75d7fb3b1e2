// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/store"
)

const (
	// defaultNodes is how many nodes of a gateway are known, unless Options say otherwise.
	defaultNodes = 10_000
	// maxNodeID and maxNodeWhy are the lengths of what is kept of what nodes say of themselves, in bytes.
	maxNodeID  = 200
	maxNodeWhy = 4 << 10
	// connectedFor is for how long a node counts as connected that says nothing more, lostFor for how long a lost one is shown.
	connectedFor = 45 * time.Second
	lostFor      = time.Hour
)

// nodeNote is the note about a node.
type nodeNote struct {
	deliver.Node
	// Before are the counters before those of Node, to tell rates by.
	Before *deliver.Counters `json:"before,omitempty"`
}

// maxSeen is how many nodes a server remembers counters of. It is above what it can be connected to.
const maxSeen = 200_000

// seen remembers the nodes that this server has seen.
type seen struct {
	mu sync.Mutex
	// counters are the last ones, by gateway and id; nil for a node without.
	counters map[store.Key]*deliver.Counters
}

// last gives the counters of a node as they were, and remembers its new ones. It reports whether the node is new here.
func (s *seen) last(key store.Key, now *deliver.Counters) (before *deliver.Counters, isNew bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counters == nil {
		s.counters = map[store.Key]*deliver.Counters{}
	}
	if len(s.counters) >= maxSeen {
		clear(s.counters)
	}
	before, known := s.counters[key]
	if now == nil {
		now = before
	}
	s.counters[key] = now
	return before, !known
}

// forget forgets a node.
func (s *seen) forget(key store.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.counters, key)
}

// Saw takes what is known of a node. What it says of itself is text of strangers: it is cut, and made printable.
func (c *Control) Saw(ctx context.Context, node deliver.Node) {
	node.ID, node.Cluster, node.Envoy = known(node.ID, maxNodeID), known(node.Cluster, maxNodeID), known(node.Envoy, maxNodeID)
	node.Why = known(node.Why, maxNodeWhy)
	key := store.Key{Kind: "node", Scope: node.Gateway, Name: node.ID}
	note := nodeNote{Node: node}
	before, isNew := c.seen.last(key, node.Counters)
	if isNew && !c.roomFor(ctx, key) {
		c.seen.forget(key)
		return
	}
	if node.Counters != nil && before != nil && node.Counters.At.After(before.At) {
		note.Before = before
	}
	lasts := connectedFor
	if node.State == deliver.Lost {
		lasts = lostFor
		c.seen.forget(key)
	}
	body, err := json.Marshal(note)
	if err == nil {
		err = c.store.PutNote(ctx, store.Note{Key: key, Body: body, Expires: c.options.Now().Add(lasts)})
	}
	if err != nil && ctx.Err() == nil {
		c.options.Log.Warn("the state of a node is not noted", "gateway", node.Gateway, "node", node.ID, "error", err)
	}
}

// roomFor makes room for a node that is new: the one that was lost first is forgotten. It reports whether there is room.
func (c *Control) roomFor(ctx context.Context, key store.Key) bool {
	nodes, err := c.notedNodes(ctx, key.Scope)
	if err != nil {
		c.options.Log.Warn("the nodes of a gateway cannot be counted", "gateway", key.Scope, "error", err)
		return false
	}
	if len(nodes) < c.options.MaxNodes || slices.ContainsFunc(nodes, func(n nodeNote) bool { return n.ID == key.Name }) {
		return true
	}
	nodes = slices.DeleteFunc(nodes, func(n nodeNote) bool { return n.State != deliver.Lost })
	if len(nodes) == 0 {
		c.options.Log.Warn("a node is not noted: too many are connected", "gateway", key.Scope, "node", key.Name, "most", c.options.MaxNodes)
		return false
	}
	oldest := slices.MinFunc(nodes, func(a, b nodeNote) int { return a.Changed.Compare(b.Changed) })
	return c.store.DeleteNote(ctx, store.Key{Kind: "node", Scope: key.Scope, Name: oldest.ID}) == nil
}

// known is what is kept of a text of a node. What is cut ends with a hash of the whole, so that different ones stay different.
func known(text string, most int) string {
	printable := finding.Printable(text)
	if len(printable) <= most && printable == text {
		return text
	}
	cut := printable[:min(len(printable), most-20)]
	return fmt.Sprintf("%s...%s", strings.ToValidUTF8(cut, ""), hashOf([]byte(text))[:16])
}

// Nodes gives the nodes of a gateway, by id: those that are connected, and those that were lost within the last hour.
func (c *Control) Nodes(ctx context.Context, by Caller, gateway string) ([]deliver.Node, error) {
	if err := anywhere(by, nil); err != nil {
		return nil, err
	}
	if _, err := c.Gateway(ctx, by, gateway); err != nil {
		return nil, err
	}
	return c.nodes(ctx, gateway)
}

// nodes gives the nodes of a gateway, by id.
func (c *Control) nodes(ctx context.Context, gateway string) ([]deliver.Node, error) {
	noted, err := c.notedNodes(ctx, gateway)
	nodes := make([]deliver.Node, len(noted))
	for i, n := range noted {
		nodes[i] = n.Node
	}
	return nodes, err
}

// notedNodes reads the notes about the nodes of a gateway, by id.
func (c *Control) notedNodes(ctx context.Context, gateway string) ([]nodeNote, error) {
	notes, err := c.store.Notes(ctx, "node", gateway)
	if err != nil {
		return nil, err
	}
	nodes := make([]nodeNote, 0, len(notes))
	for _, note := range notes {
		var n nodeNote
		if err := json.Unmarshal(note.Body, &n); err != nil {
			return nil, fmt.Errorf("node %s: %w", note.Name, err)
		}
		nodes = append(nodes, n)
	}
	slices.SortFunc(nodes, func(a, b nodeNote) int { return cmp.Compare(a.ID, b.ID) })
	return nodes, nil
}
