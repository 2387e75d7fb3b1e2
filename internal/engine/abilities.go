// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/vars"
)

// Abilities are what a host can tell of an exchange. Status, details and headers every host can.
type Abilities struct {
	// Fields are the facts that it can read.
	Fields facts.Fields
	// Tells reports whether it can read the attribute with a path (facts.AttributePath); nil for every one.
	Tells func(path string) bool
}

// Everything is what Envoy tells a proxy-wasm filter, and what tools that have no host assume.
func Everything() Abilities { return Abilities{Fields: ^facts.Fields(0)} }

// tells reports whether the host can read an attribute.
func (a Abilities) tells(path string) bool { return a.Tells == nil || a.Tells(path) }

// cannotTell words the warning about what a host cannot tell.
func cannotTell(name string) string {
	return quote.Text(name) + " has no value here: this host cannot tell it"
}

// checkAbility warns of a variable called name in a text, which the host cannot tell.
func (c *compiler) checkAbility(text config.Text, name string, variable *vars.Variable) {
	path := variable.Attribute()
	if variable.Needs().Fields&^c.abilities.Fields != 0 || path != "" && !c.abilities.tells(path) {
		c.report(code.HostCannotTell, config.Warning, text, max(0, strings.Index(text.Value, name)), cannotTell(name))
	}
}

// checkAbilities warns of the variables of a template that the host cannot tell.
func (c *compiler) checkAbilities(text config.Text, parsed filled) {
	for i, name := range parsed.Names() {
		if parsed.known[i] {
			c.checkAbility(text, name, &parsed.variables[i])
		}
	}
}

// checkMatchAbility warns of conditions of a route that cannot hold, because the host cannot tell what they are about.
func (c *compiler) checkMatchAbility(match *config.Match) {
	if match == nil {
		return
	}
	for _, list := range []struct {
		texts []config.Text
		field facts.Fields
		name  string
	}{
		{match.RouteNames, facts.FieldRouteName, "the name of Envoy's route"},
		{match.VirtualHosts, facts.FieldVirtualHost, "the name of the virtual host"},
	} {
		if len(list.texts) > 0 && !c.abilities.Fields.Has(list.field) {
			c.report(code.HostCannotTell, config.Warning, list.texts[0], -1, "the condition never holds: this host cannot tell "+list.name)
		}
	}
	for _, want := range match.Metadata {
		if !c.abilities.tells(facts.RouteMetadataPath(want.Keys...)) {
			c.report(code.HostCannotTell, config.Warning, want.Glob, -1, "the condition never holds: this host cannot tell this metadata of Envoy's route")
		}
	}
}
