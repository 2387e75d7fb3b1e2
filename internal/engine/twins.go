// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/template"
)

// compiledEntries are the entries of a route, for routes whose entries have the same text: they share what is compiled, if all
// premises hold for them, too.
type compiledEntries struct {
	emulate  config.Emulate
	escaping config.Escaping
	premises premises
	entries  []*entry
}

// premises are what was learnt, by the questions: an entry can use a variable in thousands of places.
type premises map[premise]learnt

// premise is something of a scope that decided how an entry was compiled.
type premise struct {
	question question
	// name is that of the variable it is about.
	name string
}

// learnt is what was found for a premise.
type learnt struct {
	// value is that of the variable, "" without one.
	value string
	// shape is that of URLs with the value, for the question leadsWhere.
	shape string
}

// question says what about a variable mattered.
type question uint8

// The questions.
const (
	// isDefined asks whether there is such a stage variable. The value of the premise is what it is called then.
	isDefined question = iota
	// hasValue asks whether a constant of the API has a value.
	hasValue
	// leadsWhere asks what URLs become of that begin with the variable.
	leadsWhere
)

// learn notes a premise, if a twin comes that asks for it, and returns what was found.
func (c *compiler) learn(q question, name, value string) string {
	if !c.hasTwin {
		return value
	}
	p := premise{q, name}
	if _, known := c.premises[p]; known {
		return value
	}
	found := learnt{value: value}
	if q == leadsWhere {
		found.shape = template.URLShape(value)
	}
	c.premises[p] = found
	return value
}

// holds reports whether the same is found for the scope at hand.
func (p premise) holds(c *compiler, before learnt) bool {
	switch p.question {
	case isDefined:
		return c.defined(p.name) == before.value
	case hasValue:
		return (c.owner(p.name) == "") == (before.value == "")
	default:
		value := c.owner(p.name)
		return value == before.value || template.URLShape(value) == before.shape
	}
}

// holdFor reports whether what was compiled for one route is right in the scope at hand.
func (e *compiledEntries) holdFor(c *compiler) bool {
	if e.emulate != c.scope.emulate || e.escaping != c.scope.escaping {
		return false
	}
	for p, before := range e.premises {
		if !p.holds(c, before) {
			return false
		}
	}
	return true
}

// findTwins finds out which entries others may share.
func (c *compiler) findTwins() {
	c.twins = map[int]*compiledEntries{}
	for i := range c.document.Routes {
		if before := c.document.Routes[i].Twin; before > 0 {
			c.twins[i-before] = nil
		}
	}
}

// routeEntries compiles the entries of the route at a place in the document, for the scope at hand. Those of a twin are shared;
// where they stand, and so what they are called, is each route's own.
func (c *compiler) routeEntries(place int, source *config.Route) []*entry {
	if twin := c.twins[place-source.Twin]; source.Twin > 0 && twin != nil && twin.holdFor(c) {
		entries := make([]*entry, len(twin.entries))
		for i, e := range twin.entries {
			own := *e
			own.at = source.GatewayResponses[i].At
			entries[i] = &own
		}
		return entries
	}
	before := len(c.findings) + c.dropped
	if _, c.hasTwin = c.twins[place]; c.hasTwin {
		c.premises = premises{}
	}
	entries := make([]*entry, 0, len(source.GatewayResponses))
	for i := range source.GatewayResponses {
		entries = append(entries, c.entry(&source.GatewayResponses[i]))
	}
	if c.hasTwin && len(c.findings)+c.dropped == before {
		c.twins[place] = &compiledEntries{c.scope.emulate, c.scope.escaping, c.premises, entries}
	}
	c.hasTwin = false
	return entries
}
