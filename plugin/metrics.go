// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
)

// The counters with one name; the package comment says what each counts.
const (
	unclassifiedCounter = "gateway_responses.unclassified"
	unknownRouteCounter = "gateway_responses.route.unknown"
	badDocumentCounter  = "gateway_responses.routeDocument.bad"
	droppedCounter      = "gateway_responses.dropped.header"
	doubledCounter      = "gateway_responses.doubled.header"
	lostCounter         = "gateway_responses.lost.header"
	undeclaredCounter   = "gateway_responses.declared.unknown"
	panicCounter        = "gateway_responses.failed.panic"
)

// replacedCounter names the counter of replies of type t that clients got with a result.
func replacedCounter(t config.ResponseType, result string) string {
	return "gateway_responses." + string(t) + "." + result
}

// resultText is what tells a client how it ended: the status, or for gRPC the name of the gRPC status.
func resultText(reply *engine.Reply) string {
	if reply.GRPC != "" {
		return reply.GRPC
	}
	return statusText(reply.Status)
}

// leftCounter names the counter of replies that were left.
func leftCounter(why engine.Left) string { return "gateway_responses.left." + string(why) }

// metrics are the counters and gauges of one VM, each defined when it is first used. Envoy shares them by name between
// VMs. What Envoy refuses here is passed over: a counter that fails has nothing to be counted by.
type metrics struct {
	host host
	// ids are the metrics that are defined, by name.
	ids map[string]uint32
}

// count adds 1 to a counter.
func (m *metrics) count(name string) {
	if id, ok := m.id(counter, name); ok {
		_ = m.host.incrementMetric(id, 1)
	}
}

// move adds to a gauge.
func (m *metrics) move(name string, by int) {
	if id, ok := m.id(gauge, name); ok {
		_ = m.host.incrementMetric(id, by)
	}
}

// id is the number of the metric called name; false when Envoy does not define it.
func (m *metrics) id(kind metricKind, name string) (uint32, bool) {
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
