// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/deliver"
)

// RolloutPlan says how a revision reaches the nodes of a gateway: those of a selector first, the rest later.
type RolloutPlan struct {
	// First chooses the nodes that are first.
	First deliver.Selector `json:"first"`
	// AfterSeconds is how long a first node must have run the revision, none refusing it, before the rest gets it.
	AfterSeconds int `json:"afterSeconds"`
}

// maxRolloutWait is the longest time of a plan.
const maxRolloutWait = 7 * 24 * time.Hour

// Rollout is a revision on its way to the nodes.
type Rollout struct {
	// To is what the first nodes run.
	To slot `json:"to"`
	// Plan is the gateway's plan when it began.
	Plan RolloutPlan `json:"plan"`
	// Started is when it began.
	Started time.Time `json:"started"`
	// Stopped is why it goes no further, "" while it goes on.
	Stopped string `json:"stopped,omitempty"`
	// Ignored are the nodes whose refusal does not stop it, as somebody resumed it all the same.
	Ignored []string `json:"ignored,omitempty"`
}

// after is how long a first node must have run the revision.
func (p RolloutPlan) after() time.Duration { return time.Duration(p.AfterSeconds) * time.Second }

// ResumeRollout lets a rollout that has stopped go on, although nodes refuse the revision.
func (c *Control) ResumeRollout(ctx context.Context, by Caller, gateway string) (Standing, error) {
	nodes, err := c.nodes.Of(ctx, gateway)
	if err != nil {
		return Standing{}, err
	}
	return c.steer(ctx, by, "ResumeRollout", gateway, func(_ *change, s *standing, _ Gateway) error {
		if s.Rollout == nil || s.Rollout.Stopped == "" {
			return apigateway.Conflict("no rollout of the gateway %q has stopped", gateway)
		}
		s.Rollout.Stopped, s.Rollout.Started = "", c.options.Now().UTC()
		for _, node := range nodes {
			if why := refusal(node, s.Rollout.To.Delivered); why != "" && !slices.Contains(s.Rollout.Ignored, node.ID) {
				s.Rollout.Ignored = append(s.Rollout.Ignored, node.ID)
			}
		}
		return nil
	})
}

// FinishRollout brings a revision to the rest of the nodes at once.
func (c *Control) FinishRollout(ctx context.Context, by Caller, gateway string) (Standing, error) {
	return c.steer(ctx, by, "FinishRollout", gateway, func(_ *change, s *standing, _ Gateway) error {
		if s.Rollout == nil {
			return noRollout(gateway)
		}
		s.Stable, s.Rollout = s.Rollout.To, nil
		return nil
	})
}

// AbortRollout takes the first nodes back to what the rest runs, and pins the gateway there.
func (c *Control) AbortRollout(ctx context.Context, by Caller, gateway string) (Standing, error) {
	return c.steer(ctx, by, "AbortRollout", gateway, func(t *change, s *standing, _ Gateway) error {
		if s.Rollout == nil {
			return noRollout(gateway)
		}
		why := fmt.Sprintf("the rollout of revision %d was aborted", s.Rollout.To.Revision)
		return t.pin(gateway, s, Pin{Revision: s.Stable.Revision, By: by.Name, Why: why, At: c.options.Now().UTC()})
	})
}

func noRollout(gateway string) error {
	return apigateway.Conflict("no rollout of the gateway %q is under way", gateway)
}

// refusal is why a node does not run a revision that it was sent, "" if it does, or may still.
func refusal(node deliver.Node, revision int64) string {
	switch {
	case node.State == deliver.Refused && node.Wanted == revision:
		return "it refused it: " + node.Why
	case node.State == deliver.Acknowledged && node.Wanted == revision && node.Counters != nil && node.Counters.Invalid && node.Counters.At.After(node.Changed):
		return "its filter says that it does not run what it was given"
	}
	return ""
}

// check decides how a rollout goes on, by what its first nodes say: it stops, it is done, or neither.
func (r *Rollout) check(nodes []deliver.Node, now time.Time) (stopped string, done bool) {
	for _, node := range nodes {
		if !r.Plan.First.Chooses(node.ID, node.Cluster) || slices.Contains(r.Ignored, node.ID) {
			continue
		}
		if why := refusal(node, r.To.Delivered); why != "" {
			return fmt.Sprintf("node %s: %s", node.ID, why), false
		}
		if node.State == deliver.Acknowledged && node.Running == r.To.Delivered && now.Sub(later(cmp.Or(node.RunningSince, node.Changed), r.Started)) >= r.Plan.after() {
			done = true
		}
	}
	return "", done
}

// later is the later of two times.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
