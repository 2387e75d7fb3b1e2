// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// StageProgress says how far a stage, as it is now, has come to the nodes.
type StageProgress struct {
	API   string `json:"api"`
	Stage string `json:"stage"`
	// Deployment is what the stage serves.
	Deployment string `json:"deployment"`
	// Gateways are those that serve the stage, by name; none while it is bound nowhere.
	Gateways []GatewayProgress `json:"gateways"`
}

// GatewayProgress says how far a stage has come on a gateway.
type GatewayProgress struct {
	Gateway string `json:"gateway"`
	// Revision is the first that has the stage as it is now. While Due is not zero there will be one at that time.
	Revision int64     `json:"revision"`
	Due      time.Time `json:"due,omitzero"`
	// Before is the revision to take the gateway back to; 0 for none, as while no node is to run the stage as it is now.
	Before int64 `json:"before"`
	// Everywhere is since when all connected nodes run it; zero while one does not, or none is connected.
	Everywhere time.Time `json:"everywhere,omitzero"`
	// Held are why nodes are not to run it at the moment.
	Held []Held `json:"held"`
	// Connected is how many nodes are connected, and Run how many of them run it.
	Connected int `json:"connected"`
	Run       int `json:"run"`
	// Nodes are the nodes, by id: those that are connected, and those that were lost within the last hour.
	Nodes []NodeProgress `json:"nodes"`
}

// NodeProgress says whether a node runs a stage as it is now.
type NodeProgress struct {
	ID    string    `json:"id"`
	State NodeState `json:"state"`
	// Running is the revision that it runs, and Since when the state began.
	Running int64     `json:"running"`
	Since   time.Time `json:"since"`
	// Why is what it said when it refused.
	Why string `json:"why,omitempty"`
}

// NodeState is how a node stands to a stage.
type NodeState string

// The states of nodes.
const (
	// NodeRuns means that the node runs the stage as it is now.
	NodeRuns NodeState = "runs"
	// NodeSent means that it is on its way to the node, which has not answered yet.
	NodeSent NodeState = "sent"
	// NodeHeld means that the node is to run something older at the moment.
	NodeHeld NodeState = "held"
	// NodeRefused means that the node goes on with what it had.
	NodeRefused NodeState = "refused"
	// NodeLost means that the node is not connected any more.
	NodeLost NodeState = "lost"
)

// StageProgress says how far a stage has come to the nodes since it was changed last.
func (c *Control) StageProgress(ctx context.Context, by Caller, api, name string) (StageProgress, error) {
	p := StageProgress{API: api, Stage: name, Gateways: []GatewayProgress{}}
	if err := onAPI(by, auth.Read, api, nil); err != nil {
		return p, err
	}
	var reached []reach
	err := c.store.View(ctx, func(r store.Reader) error {
		reached = nil
		if _, err := c.lookupAPI(r, api); err != nil {
			return err
		}
		stage, err := lookupStage(r, api, name)
		if err != nil {
			return err
		}
		p.Deployment = stage.DeploymentID
		gateways, err := gatewaysOf(r, api, name)
		for _, gateway := range gateways {
			at, err := reachOf(r, gateway, api, name)
			if err != nil {
				return err
			}
			reached = append(reached, at)
		}
		return err
	})
	if err != nil {
		return p, err
	}
	for _, at := range reached {
		nodes, err := c.nodes.Of(ctx, at.Gateway)
		if err != nil {
			return p, err
		}
		p.Gateways = append(p.Gateways, at.of(nodes))
	}
	return p, nil
}

// reach is how far a stage has come on a gateway, but for its nodes.
type reach struct {
	GatewayProgress
	// under are the revisions of which others were made with switches, by their numbers.
	under map[int64]int64
}

// reachOf reads how far a stage has come on a gateway.
func reachOf(r store.Reader, gateway, api, stage string) (reach, error) {
	at := reach{GatewayProgress: GatewayProgress{Gateway: gateway, Nodes: []NodeProgress{}}, under: map[int64]int64{}}
	s, err := readStanding(r, gateway)
	if err != nil {
		return at, err
	}
	revisions, err := all[Revision](r, "revision", gateway)
	if err != nil {
		return at, err
	}
	at.Revision = s.Newest
	cause := stageCause(api, stage)
	for _, revision := range slices.Backward(revisions) {
		if revision.Of != 0 {
			at.under[revision.Number] = revision.Of
		}
	}
	assembled := slices.DeleteFunc(revisions, func(r Revision) bool { return r.Of != 0 })
	for i, revision := range slices.Backward(assembled) {
		if has(revision.Causes, revision.Unlisted, cause) {
			at.Revision = revision.Number
			assembled = assembled[:i]
			break
		}
	}
	if s.Due != nil && has(s.Due.Causes, s.Due.Unlisted, cause) {
		at.Revision, at.Due = 0, s.Due.At
	}
	at.Before = s.before(at, assembled)
	switches, err := readSwitches(r)
	at.Held = s.held(gateway, switches, map[string]bool{api: true})
	if at.Due.IsZero() && s.Stable.Revision >= at.Revision {
		at.Held = slices.DeleteFunc(at.Held, func(h Held) bool { return h.By != HeldBySwitch })
	}
	return at, err
}

// before is the revision to take a gateway back to, 0 while no node is to run the stage as it is now. assembled are the revisions before
// that.
func (s standing) before(at reach, assembled []Revision) int64 {
	switch {
	case !at.Due.IsZero():
		return 0
	case s.Stable.Revision < at.Revision && s.Rollout != nil && s.Rollout.To.Revision >= at.Revision:
		return s.Stable.Revision
	case s.Stable.Revision < at.Revision:
		return 0
	}
	for _, revision := range slices.Backward(assembled) {
		if revision.Number < at.Revision && !s.isHeld(revision.Number) {
			return revision.Number
		}
	}
	return 0
}

// stageCause is what the causes of revisions say when a stage was changed.
func stageCause(api, stage string) string { return "stage " + api + "/" + stage }

// has reports whether a cause is among those of a revision, or may be among those that are not listed.
func has(causes []Cause, unlisted int, what string) bool {
	return unlisted > 0 || slices.ContainsFunc(causes, func(c Cause) bool { return c.What == what })
}

// of is the progress with the nodes.
func (at reach) of(nodes []deliver.Node) GatewayProgress {
	p := at.GatewayProgress
	for _, node := range nodes {
		n := at.node(node)
		p.Nodes = append(p.Nodes, n)
		if n.State == NodeLost {
			continue
		}
		p.Connected++
		if n.State == NodeRuns {
			p.Run++
			p.Everywhere = later(p.Everywhere, n.Since)
		}
	}
	if p.Run < p.Connected {
		p.Everywhere = time.Time{}
	}
	return p
}

// node says how a node stands.
func (at reach) node(node deliver.Node) NodeProgress {
	n := NodeProgress{ID: node.ID, Running: node.Running, Since: node.Changed}
	runs := at.Due.IsZero() && node.Running != 0 && cmp.Or(at.under[node.Running], node.Running) >= at.Revision
	switch why := refusal(node, node.Wanted); {
	case node.State == deliver.Lost:
		n.State = NodeLost
	case why != "":
		n.State, n.Why = NodeRefused, why
	case runs:
		n.State, n.Since = NodeRuns, cmp.Or(node.RunningSince, node.Connected)
	case slices.ContainsFunc(at.Held, func(h Held) bool { return h.By != HeldBySwitch }):
		n.State = NodeHeld
	default:
		n.State = NodeSent
	}
	return n
}
