// SPDX-License-Identifier: Apache-2.0

package nodes

import (
	"context"

	"gatewayresponses/internal/deliver"
)

// Rates are the counters of the nodes of a gateway that send them, summed up.
type Rates struct {
	// Nodes is how many nodes are connected, Counted how many of them send counters, and Invalid how many of these run something
	// else than they were given.
	Nodes   int `json:"nodes"`
	Counted int `json:"counted"`
	Invalid int `json:"invalid"`
	// PerSecond are replies a second by what they were counted as, such as THROTTLED.429, between the last two times that each node
	// sent its counters. Total are those since the nodes started.
	PerSecond map[string]float64 `json:"perSecond"`
	Total     map[string]uint64  `json:"total"`
	// Revisions are how many nodes run which revision, by what their filters say.
	Revisions map[int64]int `json:"revisions"`
}

// Rates sums up what the nodes of a gateway count.
func (r *Registry) Rates(ctx context.Context, gateway string) (Rates, error) {
	nodes, err := r.notedNodes(ctx, gateway)
	if err != nil {
		return Rates{}, err
	}
	sum := Rates{PerSecond: map[string]float64{}, Total: map[string]uint64{}, Revisions: map[int64]int{}}
	for _, node := range nodes {
		sum.add(node)
	}
	return sum, nil
}

// add adds the counters of a node.
func (r *Rates) add(node nodeNote) {
	if node.State == deliver.Lost {
		return
	}
	r.Nodes++
	now := node.Counters
	if now == nil {
		return
	}
	r.Counted++
	r.Revisions[now.Revision]++
	if now.Invalid {
		r.Invalid++
	}
	for name, count := range now.Replies {
		r.Total[name] += count
	}
	if node.Before == nil {
		return
	}
	seconds := now.At.Sub(node.Before.At).Seconds()
	for name, count := range now.Replies {
		before := node.Before.Replies[name]
		if before > count {
			before = 0 // the node has started anew
		}
		if count > before {
			r.PerSecond[name] += float64(count-before) / seconds
		}
	}
}
