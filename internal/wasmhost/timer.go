// SPDX-License-Identifier: Apache-2.0

package wasmhost

// setTickPeriod sets the timer of the root context at hand, 0 for none. Source: envoy extensions/common/wasm/wasm.cc,
// Wasm::setTimerPeriod.
func (v *vm) setTickPeriod(in args) (result, Status) {
	v.at.plugin.period = in.numbers[0]
	return result{}, StatusOK
}

// Tick lets one period of the timer pass on every worker, whatever its length: on_tick of the root contexts that have set one.
// Root contexts that hosts share tick once for each host. A VM that has failed has no timers any more.
func (h *Host) Tick() {
	for _, p := range h.plugins {
		if p != nil && p.period > 0 {
			_, _ = p.vm.call(scope{host: h, plugin: p}, "proxy_on_tick", 0, uint64(p.id)) // a trap is kept in the VM
		}
	}
}
