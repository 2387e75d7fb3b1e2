// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/control/nodes"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/diff"
)

// What the API answers with in the domain's own words, for callers of it in Go.
type (
	// Gateway is what getGateway answers with.
	Gateway = control.Gateway
	// Standing is what getStanding answers with.
	Standing = control.Standing
	// Revision is what getRevision answers with.
	Revision = control.Revision
	// Cause is what made a revision.
	Cause = control.Cause
	// Node is an item of listNodes.
	Node = deliver.Node
	// Rates is what getRates answers with.
	Rates = nodes.Rates
	// Switch is an item of listSwitches.
	Switch = control.Switch
	// Outcome is what would become of a change, as DryRun has it.
	Outcome = control.Outcome
	// GatewayOutcome is what would become of a gateway.
	GatewayOutcome = control.GatewayOutcome
	// ChangedReplies are what changes for clients.
	ChangedReplies = diff.JSON
	// StageProgress is what getStageProgress answers with.
	StageProgress = control.StageProgress
	// GatewayProgress is how far a stage has come on a gateway.
	GatewayProgress = control.GatewayProgress
	// NodeProgress is how a node stands to a stage.
	NodeProgress = control.NodeProgress
	// Held is why clients do not see a revision at once.
	Held = control.Held
	// PendingStage is an item of getPending.
	PendingStage = control.PendingStage
	// Unprotected is an item of listWithoutEffect.
	Unprotected = control.Unprotected
	// RolloutPlan is how a revision reaches the nodes of a gateway.
	RolloutPlan = control.RolloutPlan
	// Pending is what listPending answers with.
	Pending = control.Pending
	// Host is an item of listHosts.
	Host = control.Host
	// Binding is an item of listBindings.
	Binding = control.Binding
	// AuditEntry is an item of listAudit.
	AuditEntry = audit.Entry
	// Key is an item of listKeys.
	Key = control.Key
	// Session is an item of listSessions.
	Session = control.Session
	// NewKey is what createKey answers with.
	NewKey = control.NewKey
)
