// SPDX-License-Identifier: Apache-2.0

// Package nodes knows the nodes of gateways. What a node says of itself goes into
// a note of the store, so that every server knows of it: it expires when the
// node says nothing more. How many are known is bounded, and so is what is kept
// of each; nodes are strangers.
package nodes

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/store"
)

// Options are how a Registry works.
type Options struct {
	// Store has the notes.
	Store store.Store
	// Max is how many nodes of a gateway are known; 0 is 10,000. Of more, those that were lost first are forgotten.
	Max int
	// Now is the clock.
	Now func() time.Time
	// Log is where it says which nodes are not noted.
	Log *slog.Logger
}

const (
	// defaultMax is how many nodes of a gateway are known, unless Options say otherwise.
	defaultMax = 10_000
	// MaxID is the length of what is kept of the id of a node, in bytes, and maxWhy that of why it refused something.
	MaxID  = 200
	maxWhy = 4 << 10
	// connectedFor is for how long a node counts as connected that says nothing more, lostFor for how long a lost one is shown.
	connectedFor = 45 * time.Second
	// noteEvery is how often a node is noted that tells nothing new but counts.
	noteEvery = 15 * time.Second
	lostFor   = time.Hour
)

// kind is the kind of the notes. Their scope is the gateway.
const kind = "node"

// noteName is the name of the note about a node: its id, and behind that the adapter if the node runs the dynamic module. An Envoy that
// goes from one adapter to the other may have both for a while.
func noteName(n deliver.Node) string {
	if n.Adapter == ability.Module {
		return n.ID + "\n" + string(n.Adapter) // no id has a line end
	}
	return n.ID
}

// nodeNote is the note about a node.
type nodeNote struct {
	deliver.Node
	// Before are the counters before those of Node, to tell rates by.
	Before *deliver.Counters `json:"before,omitempty"`
	// Last are the counters that it sent last, where it sends none at the moment.
	Last *deliver.Counters `json:"last,omitempty"`
}

// newest are the counters that the node sent last, nil for none.
func (n nodeNote) newest() *deliver.Counters { return cmp.Or(n.Counters, n.Last) }

// Registry knows the nodes of gateways. It is safe for concurrent use, and several on one store know the same.
type Registry struct {
	options Options
	seen    seen
	history *history
}

// New makes a Registry.
func New(options Options) *Registry {
	if options.Max == 0 {
		options.Max = defaultMax
	}
	return &Registry{options: options, history: newHistory()}
}

// Saw takes what is known of a node. What it says of itself is text of strangers: it is cut, and made printable. A node that tells nothing
// new is noted only every now and then.
func (r *Registry) Saw(ctx context.Context, node deliver.Node) {
	node.ID, node.Cluster, node.Envoy = known(node.ID, MaxID), known(node.Cluster, MaxID), known(node.Envoy, MaxID)
	node.Why = known(node.Why, maxWhy)
	if err := r.note(ctx, node); err != nil && ctx.Err() == nil {
		r.options.Log.Warn("the state of a node is not noted", "gateway", node.Gateway, "node", node.ID, "error", err)
	}
}

// note notes a node.
func (r *Registry) note(ctx context.Context, node deliver.Node) error {
	key := store.Key{Kind: kind, Scope: node.Gateway, Name: noteName(node)}
	now := r.options.Now()
	before, isKnown := r.seen.last(key)
	if !isKnown || node.State == deliver.Lost {
		// Another server may know it: an Envoy goes from one to the next.
		elsewhere, err := r.noted(ctx, key)
		if err != nil {
			return err
		}
		if node.State == deliver.Lost && elsewhere.Replica != node.Replica && elsewhere.connected() {
			r.seen.forget(key)
			return nil
		}
		before.nodeNote = elsewhere
	}
	if node.RunningSince.IsZero() {
		node.RunningSince = before.ranSince(node)
	}
	if !isKnown && !r.roomFor(ctx, key) || isKnown && now.Sub(before.at) < noteEvery && !before.tellsNew(node) {
		return nil
	}
	note := nodeNote{Node: node}
	if node.Counters != nil && before.Counters != nil {
		note.Before = before.Counters
		if !node.Counters.At.After(before.Counters.At) {
			note.Before = before.Before
		}
	}
	if node.Counters == nil {
		note.Last = before.newest()
	}
	lasts := connectedFor
	if node.State == deliver.Lost {
		lasts = lostFor
	}
	body, err := json.Marshal(note)
	if err != nil {
		return err
	}
	if err := r.options.Store.PutNote(ctx, store.Note{Key: key, Body: body, Expires: now.Add(lasts)}); err != nil {
		return err
	}
	if node.State == deliver.Lost {
		r.seen.forget(key)
	} else {
		r.seen.keep(key, noted{note, now})
	}
	return r.noteErrors(ctx, r.history.add(node.Gateway, before.newest(), node.Counters))
}

// noteErrors writes what was summed up.
func (r *Registry) noteErrors(ctx context.Context, notes []store.Note) error {
	for _, note := range notes {
		if err := r.options.Store.PutNote(ctx, note); err != nil {
			return err
		}
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
func (r *Registry) roomFor(ctx context.Context, key store.Key) bool {
	if r.seen.take(key.Scope) {
		return true
	}
	nodes, err := r.notedNodes(ctx, key.Scope)
	if err != nil {
		r.options.Log.Warn("the nodes of a gateway cannot be counted", "gateway", key.Scope, "error", err)
		return false
	}
	if free := r.options.Max - len(nodes); free > 0 {
		r.seen.give(key.Scope, free/2) // other servers note nodes, too
		return true
	}
	if slices.ContainsFunc(nodes, func(n nodeNote) bool { return noteName(n.Node) == key.Name }) {
		return true
	}
	nodes = slices.DeleteFunc(nodes, func(n nodeNote) bool { return n.State != deliver.Lost })
	if len(nodes) == 0 {
		r.options.Log.Warn("a node is not noted: too many are connected", "gateway", key.Scope, "node", key.Name, "most", r.options.Max)
		return false
	}
	slices.SortFunc(nodes, func(a, b nodeNote) int { return a.Changed.Compare(b.Changed) })
	oldest := nodes[:min(len(nodes), 1+r.options.Max/100)]
	for _, n := range oldest {
		if err := r.options.Store.DeleteNote(ctx, store.Key{Kind: kind, Scope: key.Scope, Name: noteName(n.Node)}); err != nil {
			return false
		}
	}
	r.seen.give(key.Scope, len(oldest)-1)
	return true
}

// known is what is kept of a text of a node. What is cut ends with a hash of the whole, so that different ones stay different.
func known(text string, most int) string {
	printable := finding.Printable(text)
	if len(printable) <= most && printable == text {
		return text
	}
	sum := sha256.Sum256([]byte(text))
	cut := printable[:min(len(printable), most-20)]
	return fmt.Sprintf("%s...%s", strings.ToValidUTF8(cut, ""), hex.EncodeToString(sum[:])[:16])
}

// Of gives the nodes of a gateway, by id: those that are connected, and those that were lost within the last hour.
func (r *Registry) Of(ctx context.Context, gateway string) ([]deliver.Node, error) {
	noted, err := r.notedNodes(ctx, gateway)
	nodes := make([]deliver.Node, len(noted))
	for i, n := range noted {
		nodes[i] = n.Node
	}
	return nodes, err
}

// noted reads the note about a node, the zero nodeNote if there is none.
func (r *Registry) noted(ctx context.Context, key store.Key) (n nodeNote, err error) {
	note, err := r.options.Store.Note(ctx, key)
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
func (r *Registry) notedNodes(ctx context.Context, gateway string) ([]nodeNote, error) {
	notes, err := r.options.Store.Notes(ctx, kind, gateway)
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
	slices.SortFunc(nodes, func(a, b nodeNote) int { return cmp.Compare(noteName(a.Node), noteName(b.Node)) })
	return nodes, nil
}
