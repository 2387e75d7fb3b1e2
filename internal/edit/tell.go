// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// The counters with one name. docs/observability.md says what each counts.
const (
	Unclassified     = "gateway_responses.unclassified"
	UnknownRoute     = "gateway_responses.route.unknown"
	BadRouteDocument = "gateway_responses.routeDocument.bad"
	DroppedHeader    = "gateway_responses.dropped.header"
	DoubledHeader    = "gateway_responses.doubled.header"
	LostHeader       = "gateway_responses.lost.header"
	UnknownType      = "gateway_responses.declared.unknown"
	KeptStatus       = "gateway_responses.kept.status"
	Panic            = "gateway_responses.failed.panic"
	Heartbeat        = "gateway_responses.heartbeat"
)

// Build and Revision begin the names of two gauges: behind the first stands the version of the filter, which is 1, behind the
// second the configured name of a filter, and its value is the revision of the document in force.
const (
	Build    = "gateway_responses.build."
	Revision = "gateway_responses.revision."
)

// Counter is a counter of replies: of those that are left for a reason, or of those that became one of a type and a status. It has
// its name in parts, so that an adapter can look for it without making the name.
type Counter struct{ Group, Result string }

// Name is the name of the counter.
func (c Counter) Name() string { return "gateway_responses." + c.Group + "." + c.Result }

// Left is the counter of replies that are left for a reason, zero for those that are not counted.
func Left(why engine.Left) Counter {
	if why == engine.LeftUnnamed {
		return Counter{}
	}
	return Counter{"left", string(why)}
}

// Counter is the counter that the reply moves in the end.
func (r *Rewrite) Counter() Counter {
	if r.err != nil {
		return Left(engine.LeftHostError)
	}
	return Counter{string(r.trace.Class.Type), r.Result()}
}

// Counters are those that a decision moves beside the one of its outcome.
func Counters(trace engine.Trace) []string {
	var names []string
	if IsUnclassified(trace) {
		names = append(names, Unclassified)
	}
	if trace.UnknownRoute != "" {
		names = append(names, UnknownRoute)
	}
	if trace.DocumentRefused {
		names = append(names, BadRouteDocument)
	}
	for range trace.Dropped {
		names = append(names, DroppedHeader)
	}
	if trace.UnknownType {
		names = append(names, UnknownType)
	}
	if trace.KeptStatus {
		names = append(names, KeptStatus)
	}
	return names
}

// IsUnclassified reports whether a reply has details that the classification table does not know. What mode off leaves is not
// classified, and redirects are none of the table's.
func IsUnclassified(trace engine.Trace) bool {
	class := trace.Class
	return trace.Left != engine.LeftOff && trace.Left != engine.LeftUnnamed && !class.Known && !class.Deliberate && !class.Upstream
}

// states is how many edits tell appends at most.
const states = 3

// tell appends the edits that leave the reason for the access log.
func tell(edits []Edit, f *facts.Facts, trace *engine.Trace) []Edit {
	edits = appendState(edits, "gateway_responses.type", string(trace.Class.Type))
	edits = appendState(edits, "gateway_responses.original_status", facts.StatusText(f.Reply.Status))
	return appendState(edits, "gateway_responses.entry", trace.Entry)
}

// appendState leaves a value under a key, unless it is empty.
func appendState(edits []Edit, key, value string) []Edit {
	if value == "" {
		return edits
	}
	return append(edits, Edit{Op: SetFilterState, Name: key, Value: value})
}
