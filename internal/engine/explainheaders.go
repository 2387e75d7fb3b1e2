// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/vars"
)

// Value is what a variable stood for.
type Value struct {
	// Name is the variable, without "$".
	Name string
	// Known reports whether the name means something, Found whether it has a value.
	Known, Found bool
	Value        string
}

// EntryHeader is what became of a header of the entry.
type EntryHeader struct {
	// Name is in lower case.
	Name string
	// Removes reports that the entry removes the header; it then has no value.
	Removes bool
	// From are the variables that the value is made of, nil for a fixed one.
	From []Value
	// Value is what they made, and Found whether they made one.
	Value string
	Found bool
	// Sent reports whether the reply has it. What is found and not sent would break the reply, or say that the body is something else.
	Sent bool
}

// Change is what a step did to a header.
type Change struct {
	Step HeaderStep
	// Name is in lower case.
	Name string
	// Set are the values that it has from then on, in the place of all others. None: it was removed.
	Set []string
}

// headerWatch notes what each step does to headers.
type headerWatch struct {
	before HeaderChanges
	found  []Change
}

// note compares the headers behind a step with those before it.
func (w *headerWatch) note(step HeaderStep, now *HeaderChanges) {
	if step == StepTooLarge {
		w.found = nil
	}
	for i, line := range now.Set {
		if i > 0 && now.Set[i-1].Name == line.Name {
			continue
		}
		if values := now.Set.Values(line.Name); !slices.Equal(values, w.before.Set.Values(line.Name)) {
			w.found = append(w.found, Change{step, line.Name, values})
		}
	}
	for _, name := range now.Remove {
		// What is set stays, see keepSet.
		if _, set := now.Set.First(name); !set && !slices.Contains(w.before.Remove, name) {
			w.found = append(w.found, Change{Step: step, Name: name})
		}
	}
	w.before = HeaderChanges{slices.Clone(now.Set), slices.Clone(now.Remove)}
}

// explainHeaders says what became of the headers of the entry.
func (x *exchange) explainHeaders() []EntryHeader {
	var all []EntryHeader
	for i := range x.entry.headers {
		h := &x.entry.headers[i]
		found := EntryHeader{Name: h.name, Removes: h.remove, From: x.valuesOf(h.variables)}
		if !h.remove {
			found.Value, found.Found = h.value(x.environment())
			found.Value = chars.Trim(found.Value)
			sent, set := x.headers.Set.First(h.name)
			found.Sent = set && sent == found.Value
			if found.Found && found.Value == tooLong {
				found.Value = ""
			}
		}
		all = append(all, found)
	}
	return all
}

// explainBody says what the variables of the body stand for.
func (x *exchange) explainBody() []Value {
	var body filled
	switch {
	case x.chosen != nil:
		body = x.chosen.filled
	case x.entry.grpc != nil && x.entry.grpc.message != nil:
		body = *x.entry.grpc.message
	default:
		return nil
	}
	var values []Value
	for i, name := range body.Names() {
		value := Value{Name: name, Known: body.known[i]}
		if value.Known {
			value.Value, value.Found = body.variables[i].Value(x.environment())
		}
		values = append(values, value)
	}
	return values
}

// valuesOf are the values of variables.
func (x *exchange) valuesOf(variables []vars.Variable) []Value {
	var values []Value
	for i := range variables {
		value := Value{Name: variables[i].Name(), Known: true}
		value.Value, value.Found = variables[i].Value(x.environment())
		values = append(values, value)
	}
	return values
}
