// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
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
	// noteEvery is how often a node is noted that tells nothing new but counts.
	noteEvery = 15 * time.Second
	lostFor   = time.Hour
)

// nodeNote is the note about a node.
type nodeNote struct {
	deliver.Node
	// Before are the counters before those of Node, to tell rates by.
	Before *deliver.Counters `json:"before,omitempty"`
}

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

// Saw takes what is known of a node. What it says of itself is text of strangers: it is cut, and made printable. A node that tells nothing
// new is noted only every now and then.
func (c *Control) Saw(ctx context.Context, node deliver.Node) {
	node.ID, node.Cluster, node.Envoy = known(node.ID, maxNodeID), known(node.Cluster, maxNodeID), known(node.Envoy, maxNodeID)
	node.Why = known(node.Why, maxNodeWhy)
	if err := c.note(ctx, node); err != nil && ctx.Err() == nil {
		c.options.Log.Warn("the state of a node is not noted", "gateway", node.Gateway, "node", node.ID, "error", err)
	}
}

// note notes a node.
func (c *Control) note(ctx context.Context, node deliver.Node) error {
	key := store.Key{Kind: "node", Scope: node.Gateway, Name: node.ID}
	now := c.options.Now()
	before, isKnown := c.seen.last(key)
	if !isKnown || node.State == deliver.Lost {
		// Another server may know it: an Envoy goes from one to the next.
		elsewhere, err := c.noted(ctx, key)
		if err != nil {
			return err
		}
		if node.State == deliver.Lost && elsewhere.Replica != node.Replica && elsewhere.connected() {
			c.seen.forget(key)
			return nil
		}
		before.nodeNote = elsewhere
	}
	if node.RunningSince.IsZero() {
		node.RunningSince = before.ranSince(node)
	}
	if !isKnown && !c.roomFor(ctx, key) || isKnown && now.Sub(before.at) < noteEvery && !before.tellsNew(node) {
		return nil
	}
	note := nodeNote{Node: node}
	if node.Counters != nil && before.Counters != nil {
		note.Before = before.Counters
		if !node.Counters.At.After(before.Counters.At) {
			note.Before = before.Before
		}
	}
	lasts := connectedFor
	if node.State == deliver.Lost {
		lasts = lostFor
	}
	body, err := json.Marshal(note)
	if err != nil {
		return err
	}
	if err := c.store.PutNote(ctx, store.Note{Key: key, Body: body, Expires: now.Add(lasts)}); err != nil {
		return err
	}
	if node.State == deliver.Lost {
		c.seen.forget(key)
	} else {
		c.seen.keep(key, noted{note, now})
	}
	return nil
}

// connected reports whether a node is, as far as the note says; there may be none.
func (n nodeNote) connected() bool { return n.State != "" && n.State != deliver.Lost }

// ranSince is since when a node that had a revision when its stream began runs it, by what was noted of the node before.
func (n nodeNote) ranSince(node deliver.Node) time.Time {
	switch {
	case node.Running == 0:
		return time.Time{}
	case node.Running == n.Running && !n.RunningSince.IsZero():
		return n.RunningSince
	}
	return node.Changed
}

// roomFor makes room for a node that is new: those that were lost first are forgotten. It reports whether there is room. Nodes are counted
// now and then, not for each: thousands come at once when a server starts.
func (c *Control) roomFor(ctx context.Context, key store.Key) bool {
	if c.seen.take(key.Scope) {
		return true
	}
	nodes, err := c.notedNodes(ctx, key.Scope)
	if err != nil {
		c.options.Log.Warn("the nodes of a gateway cannot be counted", "gateway", key.Scope, "error", err)
		return false
	}
	if free := c.options.MaxNodes - len(nodes); free > 0 {
		c.seen.give(key.Scope, free/2) // other servers note nodes, too
		return true
	}
	if slices.ContainsFunc(nodes, func(n nodeNote) bool { return n.ID == key.Name }) {
		return true
	}
	nodes = slices.DeleteFunc(nodes, func(n nodeNote) bool { return n.State != deliver.Lost })
	if len(nodes) == 0 {
		c.options.Log.Warn("a node is not noted: too many are connected", "gateway", key.Scope, "node", key.Name, "most", c.options.MaxNodes)
		return false
	}
	slices.SortFunc(nodes, func(a, b nodeNote) int { return a.Changed.Compare(b.Changed) })
	oldest := nodes[:min(len(nodes), 1+c.options.MaxNodes/100)]
	for _, n := range oldest {
		if err := c.store.DeleteNote(ctx, store.Key{Kind: "node", Scope: key.Scope, Name: n.ID}); err != nil {
			return false
		}
	}
	c.seen.give(key.Scope, len(oldest)-1)
	return true
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

// noted reads the note about a node, the zero nodeNote if there is none.
func (c *Control) noted(ctx context.Context, key store.Key) (n nodeNote, err error) {
	note, err := c.store.Note(ctx, key)
	if errors.Is(err, store.ErrNotFound) {
		return n, nil
	}
	if err == nil {
		n, err = readNode(note)
	}
	return n, err
}

func readNode(note store.Note) (n nodeNote, err error) {
	if err := json.Unmarshal(note.Body, &n); err != nil {
		return n, fmt.Errorf("node %s: %w", note.Name, err)
	}
	return n, nil
}

// notedNodes reads the notes about the nodes of a gateway, by id.
func (c *Control) notedNodes(ctx context.Context, gateway string) ([]nodeNote, error) {
	notes, err := c.store.Notes(ctx, "node", gateway)
	if err != nil {
		return nil, err
	}
	nodes := make([]nodeNote, 0, len(notes))
	for _, note := range notes {
		n, err := readNode(note)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	slices.SortFunc(nodes, func(a, b nodeNote) int { return cmp.Compare(a.ID, b.ID) })
	return nodes, nil
}
