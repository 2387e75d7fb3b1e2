// SPDX-License-Identifier: Apache-2.0

package page

import (
	"errors"

	v1 "gatewayresponses/internal/server/v1"
)

// Target is a gateway that a change reaches, as the templates "reaches", "differs" and "willsee" show it.
type Target struct {
	v1.GatewayOutcome
	// Nodes is how many are connected, and Plan the steps in which it gets a revision, nil for all at once.
	Nodes int
	Plan  *v1.RolloutPlan
}

// Targets finds out which nodes a change would reach, and in which steps.
func (v *Visit) Targets(of []v1.GatewayOutcome) ([]Target, error) {
	var targets []Target
	for _, outcome := range of {
		t := Target{GatewayOutcome: outcome}
		var gateway v1.Gateway
		var nodes v1.Nodes
		if err := errors.Join(v.API.Get(&gateway, "gateways", outcome.Gateway), v.API.Get(&nodes, "gateways", outcome.Gateway, "nodes")); err != nil {
			return nil, err
		}
		t.Plan, t.Nodes = gateway.Rollout, nodes.Connected()
		targets = append(targets, t)
	}
	return targets, nil
}
