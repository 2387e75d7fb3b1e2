// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"gatewayresponses/internal/edit"
	"gatewayresponses/module/internal/wire"
)

// Counter is a counter with labels, whose values come with each move.
type Counter struct {
	Name   string
	Labels []string
}

// The places of counters in Counters.
const (
	// Replies counts replies that were replaced.
	Replies = iota
	// Left counts replies that were left.
	Left
	unclassified
	unknownRoute
	badRouteDocument
	droppedHeader
	unknownType
	keptStatus
	// Panics counts panics.
	Panics
)

// Counters are all that a filter moves. The names of labels are those that envoy.yaml gives to parts of the names of the Wasm filter's
// counters, whose ABI knows no labels: Prometheus sees the same. Headers that come double or get lost, and a heartbeat, are none of
// this filter's: it sends no nested replies, and lives as long as Envoy does.
var Counters = [...]Counter{
	Replies:          {"gateway_responses", []string{"gateway_response_type", "gateway_response_status"}},
	Left:             {"gateway_responses.left", []string{"gateway_response_left"}},
	unclassified:     {Name: edit.Unclassified},
	unknownRoute:     {Name: edit.UnknownRoute},
	badRouteDocument: {Name: edit.BadRouteDocument},
	droppedHeader:    {Name: edit.DroppedHeader},
	unknownType:      {Name: edit.UnknownType},
	keptStatus:       {Name: edit.KeptStatus},
	Panics:           {Name: edit.Panic},
}

// counterOf is the place of the counter called name.
func counterOf(name string) (place int, ok bool) {
	for i := range Counters {
		if Counters[i].Name == name {
			return i, true
		}
	}
	return 0, false
}

// CountPanics appends the panics that have not been counted.
func (p *Process) CountPanics(list *wire.List) {
	for range p.uncounted.Swap(0) {
		list.Count(Panics)
	}
}

// Gauge is a gauge, with a label unless that has no name.
type Gauge struct{ Name, Label string }

// The places of gauges in Gauges.
const (
	build = iota
	revision
	invalid
)

// Gauges are all that a filter sets.
var Gauges = [...]Gauge{
	build:    {"gateway_responses.build", "gateway_responses_version"},
	revision: {"gateway_responses.revision", "gateway_responses_plugin"},
	// How many names of filters there are whose newest filter, of those that Envoy has, was given a bad document.
	invalid: {Name: "gateway_responses.config_invalid"},
}

// Reading is what the gauge at a place is to say, for a value of its label where it has one.
type Reading struct {
	Gauge      int
	LabelValue string
	Value      uint64
}
