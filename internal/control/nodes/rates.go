// SPDX-License-Identifier: Apache-2.0

package nodes

import (
	"context"
	"time"

	"gatewayresponses/internal/deliver"
)

// Rates are the counters of the nodes of a gateway that send them, summed up. Counters do not know the API: they are those of the whole
// gateway.
type Rates struct {
	// Nodes is how many nodes are connected, Counted how many of them send counters, and Invalid how many of these run something
	// else than they were given.
	Nodes   int `json:"nodes"`
	Counted int `json:"counted"`
	Invalid int `json:"invalid"`
	// Now are the errors between the last two times that each node sent its counters, HourAgo those of the ten minutes in which the
	// moment an hour ago was; it is missing where nothing was counted then.
	Now     Errors  `json:"now"`
	HourAgo *Errors `json:"hourAgo,omitempty"`
	// Total are all counters since the nodes started.
	Total map[string]uint64 `json:"total"`
	// Revisions are how many nodes run which revision, by what their filters say.
	Revisions map[int64]int `json:"revisions"`
}

// Errors are the replies with status 400 or above of some time: those that were replaced, and those that were left.
type Errors struct {
	// From and To are when it was; missing where nothing was counted.
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
	// All is how many there were a second, and PerSecond by what they were counted as, such as THROTTLED.429 and left.upstream.
	All       float64            `json:"all"`
	PerSecond map[string]float64 `json:"perSecond"`
}

// add adds what was counted within some time.
func (e *Errors) add(counts map[string]uint64, span time.Duration) {
	for name, count := range counts {
		rate := float64(count) / span.Seconds()
		e.PerSecond[name] += rate
		e.All += rate
	}
}

// Rates sums up what the nodes of a gateway count.
func (r *Registry) Rates(ctx context.Context, gateway string) (Rates, error) {
	nodes, err := r.notedNodes(ctx, gateway)
	if err != nil {
		return Rates{}, err
	}
	rates := Rates{Now: Errors{PerSecond: map[string]float64{}}, Total: map[string]uint64{}, Revisions: map[int64]int{}}
	for _, node := range nodes {
		rates.add(node)
	}
	before, err := r.summed(ctx, gateway, r.options.Now().Add(-time.Hour))
	if span := before.To.Sub(before.From); span > 0 {
		rates.HourAgo = &Errors{From: before.From.UTC(), To: before.To.UTC(), PerSecond: map[string]float64{}}
		rates.HourAgo.add(before.Replies, span)
	}
	return rates, err
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
	if node.Before == nil || !now.At.After(node.Before.At) { // a clock may have gone back
		return
	}
	if from := node.Before.At.UTC(); r.Now.From.IsZero() || from.Before(r.Now.From) {
		r.Now.From = from
	}
	if to := now.At.UTC(); to.After(r.Now.To) {
		r.Now.To = to
	}
	r.Now.add(counted(node.Before, now), now.At.Sub(node.Before.At))
}
