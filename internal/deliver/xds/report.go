// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"time"

	"gatewayresponses/internal/deliver"
)

const (
	// reportInterval is how often nodes are reported of which nothing is new, and how long the watcher may take for one.
	reportInterval = 5 * time.Second
	// gatherTime is how long news are gathered, so that a node which takes a document at once is reported once.
	gatherTime = 100 * time.Millisecond
	// remindInterval is how often they are looked for.
	remindInterval = time.Second
	// maxUnreported bounds what waits for a slow watcher. Above that, nodes that have gone are not reported; the others come
	// with the next interval.
	maxUnreported = 50_000
)

// report has the watcher told of a node.
func (h *hub) report(n *node) {
	key := n.key()
	if _, known := h.unreported[key]; !known && len(h.unreported) >= maxUnreported {
		return
	}
	h.unreported[key] = n.shown
	n.reported = h.now()
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// remind has the watcher told of all nodes of which it was not told in the last interval.
func (h *hub) remind() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, n := range h.nodes {
		if h.fleets[n.shown.Gateway] != nil && h.now().Sub(n.reported) >= reportInterval {
			h.report(n)
		}
	}
}

// takeReports are the nodes to tell of.
func (h *hub) takeReports() []deliver.Node {
	h.mu.Lock()
	defer h.mu.Unlock()
	nodes := make([]deliver.Node, 0, len(h.unreported))
	for key, n := range h.unreported {
		if c := h.counters[n.ID]; c != nil {
			n.Counters = c.of(key.resource)
		}
		nodes = append(nodes, n)
	}
	clear(h.unreported)
	return nodes
}

// tell tells the watcher of nodes until ctx ends. A watcher that is slow is told of fewer states in between; no stream waits for it.
func (h *hub) tell(ctx context.Context, watcher deliver.Watcher) error {
	ticker := time.NewTicker(remindInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			h.remind()
		case <-h.wake:
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(gatherTime):
			}
		}
		for _, n := range h.takeReports() {
			if ctx.Err() != nil {
				return nil
			}
			saw(ctx, watcher, n)
		}
	}
}

func saw(ctx context.Context, watcher deliver.Watcher, n deliver.Node) {
	ctx, cancel := context.WithTimeout(ctx, reportInterval)
	defer cancel()
	watcher.Saw(ctx, n)
}
