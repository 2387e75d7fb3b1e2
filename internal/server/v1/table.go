// SPDX-License-Identifier: Apache-2.0

package v1

import "slices"

// table has all operations, in the order in which the description has them.
func table() []operation {
	return slices.Concat(
		onGateways(), onBaseResponses(), onRevisions(), onSwitches(),
		onAPIs(), onResponses(), onDeployments(), onStages(), onDefinitions(), onHosts(), onKeys(), onSessions(), onAudit(),
		onEnvoys(), inspecting(), converting(), lookingUp(),
	)
}
