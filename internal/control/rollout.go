// SPDX-License-Identifier: Apache-2.0

package control

import (
	"time"

	"gatewayresponses/internal/deliver"
)

// RolloutPlan says how a revision reaches the nodes of a gateway: those of a selector first, the rest later.
type RolloutPlan struct {
	// First chooses the nodes that are first.
	First deliver.Selector `json:"first"`
	// AfterSeconds is how long the first nodes must have run the revision, none refusing it, before the rest gets it.
	AfterSeconds int `json:"afterSeconds"`
}

// Rollout is a revision on its way to the nodes.
type Rollout struct {
	// To is what the first nodes run.
	To slot `json:"to"`
	// Started is when it began, or went on.
	Started time.Time `json:"started"`
	// Stopped is why it goes no further, "" while it goes on.
	Stopped string `json:"stopped,omitempty"`
}
