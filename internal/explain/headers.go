// SPDX-License-Identifier: Apache-2.0

package explain

import (
	"cmp"
	"slices"
	"strings"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// Header is what became of a header.
type Header struct {
	Name string `json:"name"`
	// Action is "set", "removed", "kept", or for a header of the entry that the reply does not have "not set".
	Action string `json:"action"`
	// Values are those that the reply has, or for "removed" had.
	Values []string `json:"values,omitempty"`
	// Why says which step did it, in a few words.
	Why string `json:"why,omitempty"`
	// From are the variables that the value was made of.
	From []Variable `json:"from,omitempty"`
}

// The actions.
const (
	set     = "set"
	removed = "removed"
	kept    = "kept"
	notSet  = "not set"
)

// stepNames word what a step does to headers.
var stepNames = map[engine.HeaderStep]string{
	engine.StepEntry:     "the entry",
	engine.StepAWS:       "emulate: aws",
	engine.StepBody:      "the new body",
	engine.StepStale:     "it described the old reply",
	engine.StepGRPC:      "grpc",
	engine.StepPreflight: "the answer to the preflight",
	engine.StepCORS:      "cors",
	engine.StepForFilter: "it was written for the filter",
}

// headersOf says what became of each header: those of the old reply first, in their order, then new ones.
func headersOf(f *facts.Facts, found *engine.Explanation) []Header {
	changes := found.Decision.Headers
	var all []Header
	seen := map[string]bool{":status": true, "content-length": true}
	for _, line := range f.Reply.Headers {
		if seen[line.Name] {
			continue
		}
		seen[line.Name] = true
		h := Header{Name: line.Name, Action: kept, Values: f.Reply.Headers.Values(line.Name)}
		switch _, isSet := changes.Set.First(line.Name); {
		case isSet:
			h = setHeader(line.Name, found)
		case slices.Contains(changes.Remove, line.Name):
			h.Action, h.Why = removed, whyOf(line.Name, found)
		}
		all = append(all, h)
	}
	for _, line := range changes.Set {
		if !seen[line.Name] {
			seen[line.Name] = true
			all = append(all, setHeader(line.Name, found))
		}
	}
	for i := range found.Headers {
		if e := &found.Headers[i]; !e.Sent && (!e.Removes || !seen[e.Name]) {
			all = append(all, Header{Name: e.Name, Action: notSet, Why: whyNot(e), From: variables(e.From)})
		}
	}
	return all
}

// dropUnsent marks headers that a nested reply does not carry over, though no step has removed them.
func (e *Explanation) dropUnsent() {
	for i := range e.Headers {
		h := &e.Headers[i]
		if _, sent := e.Reply.Headers.First(h.Name); h.Action == kept && !sent {
			h.Action, h.Why = removed, "a nested reply does not carry it over; Envoy or its route adds it"
		}
	}
}

// setHeader is a header that was set.
func setHeader(name string, found *engine.Explanation) Header {
	h := Header{Name: name, Action: set, Values: found.Decision.Headers.Set.Values(name), Why: whyOf(name, found)}
	for i := range found.Headers {
		if e := &found.Headers[i]; e.Name == name && e.Sent {
			h.Why, h.From = stepNames[engine.StepEntry], variables(e.From)
		}
	}
	return h
}

// whyOf names the steps that changed a header.
func whyOf(name string, found *engine.Explanation) string {
	var steps []string
	for _, change := range found.Changes {
		if change.Name == name {
			steps = append(steps, stepNames[change.Step])
		}
	}
	return strings.Join(steps, ", ")
}

// whyNot says why the reply does not have a header of the entry.
func whyNot(e *engine.EntryHeader) string {
	switch {
	case e.Removes:
		return "the entry removes it, and it is not there"
	case !e.Found:
		return "it has no value"
	case e.Name == "content-type":
		return "the body says what it is"
	default:
		return "the value cannot be sent: " + cmp.Or(shorten(e.Value), "it is too long")
	}
}

// keptHeaders are headers of a reply that is not looked at.
func keptHeaders(headers facts.Headers) []Header {
	all := []Header{}
	for _, line := range headers {
		if line.Name != ":status" && line.Name != "content-length" {
			all = append(all, Header{Name: line.Name, Action: kept, Values: []string{line.Value}})
		}
	}
	return all
}
