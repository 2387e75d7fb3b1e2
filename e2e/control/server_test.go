// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"sync"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/xds"
)

// serve delivers at an address until the test ends, or until stop.
func serve(t *testing.T, address string, o xds.Options) (stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- xds.New(o).Serve(ctx, l) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// fleet is a source of one gateway, "default".
type fleet struct {
	mu      sync.Mutex
	now     deliver.Fleet
	changed chan struct{}
}

// newFleet begins with revision 1 of says.
func newFleet(environment map[string]string) *fleet {
	f := &fleet{changed: make(chan struct{}, 1)}
	f.now.Gateway = "default"
	f.now.Plugin = deliver.Plugin{File: envoytest.PluginPath, Environment: environment}
	f.put(says(1))
	return f
}

func (f *fleet) Fleets(context.Context) ([]deliver.Fleet, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return []deliver.Fleet{f.now}, nil
}

func (f *fleet) Changed(context.Context) <-chan struct{} { return f.changed }

func (f *fleet) put(d deliver.Document) {
	f.mu.Lock()
	f.now.Stable = d
	f.mu.Unlock()
	select {
	case f.changed <- struct{}{}:
	default:
	}
}

// document is a revision.
func document(revision int64, text string) deliver.Document {
	sum := sha256.Sum256([]byte(text))
	return deliver.Document{Revision: revision, Text: []byte(text), Hash: hex.EncodeToString(sum[:])}
}

// says is a revision with which a path without a route says its number.
func says(revision int64) deliver.Document {
	return document(revision, fmt.Sprintf(`{"revision": %d, "gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "revision %d"}}}}`, revision, revision))
}

// nodes is a watcher that remembers all that it saw of nodes.
type nodes struct {
	mu   sync.Mutex
	seen map[string][]deliver.Node
}

func newNodes() *nodes { return &nodes{seen: map[string][]deliver.Node{}} }

func (n *nodes) Saw(_ context.Context, node deliver.Node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.seen[node.ID] = append(n.seen[node.ID], node)
}

// of is all that was seen of a node.
func (n *nodes) of(id string) []deliver.Node {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.seen[id]
}

// await waits until a node is seen as wanted.
func (n *nodes) await(t *testing.T, id, what string, holds func(deliver.Node) bool) (node deliver.Node) {
	t.Helper()
	envoytest.Eventually(t, fmt.Sprintf("node %s is %s", id, what), func() bool {
		all := n.of(id)
		if len(all) > 0 {
			node = all[len(all)-1]
		}
		return holds(node)
	})
	return node
}

// awaitState waits until a node is seen in a state, running a revision.
func (n *nodes) awaitState(t *testing.T, id string, state deliver.State, running int64) deliver.Node {
	t.Helper()
	return n.await(t, id, fmt.Sprintf("%s, running %d", state, running), func(node deliver.Node) bool {
		return node.State == state && node.Running == running
	})
}
