// SPDX-License-Identifier: Apache-2.0

package delivertest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/waittest"
)

// Watcher is a deliver.Watcher that remembers all that it saw of the nodes of gateway "default".
type Watcher struct {
	mu   sync.Mutex
	seen map[string][]deliver.Node
}

// NewWatcher makes a Watcher that has seen nothing.
func NewWatcher() *Watcher { return &Watcher{seen: map[string][]deliver.Node{}} }

// Saw implements deliver.Watcher.
func (w *Watcher) Saw(_ context.Context, node deliver.Node) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if node.Gateway == "default" {
		w.seen[node.ID] = append(w.seen[node.ID], node)
	}
}

// Of is all that was seen of a node.
func (w *Watcher) Of(id string) []deliver.Node {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.seen[id])
}

// Await waits until a node is seen as wanted.
func (w *Watcher) Await(t *testing.T, id, what string, holds func(deliver.Node) bool) (node deliver.Node) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("node %s was seen last as %+v", id, node)
		}
	}()
	waittest.Until(t, fmt.Sprintf("node %s is %s", id, what), func() bool {
		if all := w.Of(id); len(all) > 0 {
			node = all[len(all)-1]
		}
		return holds(node)
	})
	return node
}

// AwaitState waits until a node has a state with a revision that it should run and one that it runs.
func (w *Watcher) AwaitState(t *testing.T, id string, state deliver.State, wanted, running int64) deliver.Node {
	t.Helper()
	return w.Await(t, id, fmt.Sprintf("%s, wanted %d, running %d", state, wanted, running), func(n deliver.Node) bool {
		return n.State == state && n.Wanted == wanted && n.Running == running
	})
}
