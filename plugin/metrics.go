// SPDX-License-Identifier: Apache-2.0

package main

import "gatewayresponses/plugin/internal/abi"

// metrics are the counters and gauges of one VM, each defined when it is first used. Envoy shares them by name between
// VMs. What Envoy refuses here is passed over: a counter that fails has nothing to be counted by.
type metrics struct {
	host host
	// ids are the metrics that are defined, by name.
	ids map[string]uint32
}

// count adds 1 to a counter.
func (m *metrics) count(name string) {
	if id, ok := m.id(abi.Counter, name); ok {
		_ = m.host.incrementMetric(id, 1)
	}
}

// move adds to a gauge.
func (m *metrics) move(name string, by int) {
	if id, ok := m.id(abi.Gauge, name); ok {
		_ = m.host.incrementMetric(id, by)
	}
}

// set sets a gauge.
func (m *metrics) set(name string, value uint64) {
	if id, ok := m.id(abi.Gauge, name); ok {
		_ = m.host.recordMetric(id, value)
	}
}

// has reports whether the metric called name is defined.
func (m *metrics) has(name string) bool {
	_, ok := m.ids[name]
	return ok
}

// id is the number of the metric called name; false when Envoy does not define it.
func (m *metrics) id(kind abi.Metric, name string) (uint32, bool) {
	if id, ok := m.ids[name]; ok {
		return id, true
	}
	id, err := m.host.defineMetric(kind, name)
	if err != nil {
		return 0, false
	}
	m.ids[name] = id
	return id, true
}
