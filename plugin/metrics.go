// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"

	"gatewayresponses/internal/edit"
	"gatewayresponses/plugin/internal/abi"
)

// metrics are the counters and gauges of one VM, each defined when it is first used. Envoy shares them by name between
// VMs. What Envoy refuses here is passed over: a counter that fails has nothing to be counted by.
type metrics struct {
	host host
	// ids are the metrics that are defined, by name.
	ids map[string]uint32
	// replies are the counters of replies that are defined, in parts: their names are not made for every reply.
	replies map[edit.Counter]uint32
}

// count adds 1 to a counter.
func (m *metrics) count(name string) {
	if id, ok := m.id(abi.Counter, name); ok {
		_ = m.host.incrementMetric(id, 1)
	}
}

// countReply counts a reply.
func (m *metrics) countReply(c edit.Counter) {
	id, ok := m.replies[c]
	if !ok {
		if id, ok = m.id(abi.Counter, c.Name()); !ok {
			return
		}
		// The parts may be cut from what shall not be kept.
		m.replies[edit.Counter{Group: strings.Clone(c.Group), Result: strings.Clone(c.Result)}] = id
	}
	_ = m.host.incrementMetric(id, 1)
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
