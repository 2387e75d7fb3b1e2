// SPDX-License-Identifier: Apache-2.0

package main

// begin makes the plugin the newest one of its VM.
func (p *plugin) begin() {
	p.end()
	p.before, p.vm.newest = p.vm.newest, p
}

// end takes the plugin out of its VM, and leaves the heartbeat to another one.
func (p *plugin) end() {
	if p.vm.pacemaker == p {
		p.vm.pacemaker = nil
	}
	for at := &p.vm.newest; *at != nil; at = &(*at).before {
		if *at == p {
			*at = p.before
			return
		}
	}
}

// newest is the newest plugin of the VM with the name and the root_id of p, nil for none.
func (p *plugin) newest() *plugin {
	other := p.vm.newest
	for other != nil && (other.name != p.name || other.rootID != p.rootID) {
		other = other.before
	}
	return other
}

// onDelete ends the plugin: Envoy has removed it, or given it another configuration. If it was the newest of its name, the gauges
// speak of the one before again: Envoy has refused a listener whose filters it had configured, and goes on with the old one. Each
// VM does so for itself: of a VM that is late the last word is the same.
func (p *plugin) onDelete() {
	newest := p.newest()
	p.end()
	if newest != p {
		return
	}
	if before := p.newest(); before != nil {
		before.showInvalid()
		before.showInForce()
	} else if p.invalid != "" {
		p.replaceInvalid(p.invalid, "")
	}
}
