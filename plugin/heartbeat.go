// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/edit"
	"gatewayresponses/plugin/internal/abi"
)

// heartbeatPeriod is how many milliseconds lie between two beats of a VM. docs/observability.md has queries that know it.
const heartbeatPeriod = 10_000

// startHeartbeat has Envoy call beat. A VM that died is never called again, so its beats are missed.
func (p *plugin) startHeartbeat() {
	p.vm.metrics.id(abi.Counter, edit.Heartbeat) // shows as 0 from the start
	if err := p.vm.host.tickEvery(heartbeatPeriod); err != nil {
		p.log(abi.LevelWarn, "there is no heartbeat: "+err.Error())
	}
}

// beat counts that the VM works. Of all plugins of the VM one counts for all, until it ends.
func (p *plugin) beat() {
	if p.vm.pacemaker == nil {
		p.vm.pacemaker = p
	}
	if p.vm.pacemaker == p {
		p.vm.metrics.count(edit.Heartbeat)
	}
}
