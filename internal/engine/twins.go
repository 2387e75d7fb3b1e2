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

// premises are each there once: an entry can use a variable in thousands of places.
type premises map[premise]struct{}

// premise is something of a scope that decided how an entry was compiled.
type premise struct {
	question question
	// name is that of the variable it is about.
	name string
	// value is what was found: the variable's value, "" without one.
	value string
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
	if c.hasTwin {
		c.premises[premise{q, name, value}] = struct{}{}
	}
	return value
}

// holds reports whether the same was found for the scope at hand.
func (p premise) holds(c *compiler) bool {
	switch p.question {
	case isDefined:
		return c.defined(p.name) == p.value
	case hasValue:
		return (c.owner(p.name) == "") == (p.value == "")
	default:
		value := c.owner(p.name)
		return value == p.value || template.URLShape(value) == template.URLShape(p.value)
	}
}

// holdFor reports whether what was compiled for one route is right in the scope at hand.
func (e *compiledEntries) holdFor(c *compiler) bool {
	if e.emulate != c.scope.emulate || e.escaping != c.scope.escaping {
		return false
	}
	for p := range e.premises {
		if !p.holds(c) {
			return false
		}
	}
	return true
}

// findTwins finds out which entries others may share.
func (c *compiler) findTwins() {
	c.twins = map[int]*compiledEntries{}
	for i := range c.document.Routes {
		if twin := c.document.Routes[i].Twin; twin != config.NoTwin {
			c.twins[twin] = nil
		}
	}
}

// routeEntries compiles the entries of the route at a place in the document, for the scope at hand. Those of a twin are shared;
// where they stand, and so what they are called, is each route's own.
func (c *compiler) routeEntries(place int, source *config.Route) []*entry {
	if twin := c.twins[source.Twin]; twin != nil && twin.holdFor(c) {
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
