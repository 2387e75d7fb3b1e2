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
	// fields are the facts that it can read.
	fields facts.Fields
	// limits warn of what it cannot tell; nil when there is no such thing.
	limits limits
}

// limits are the gaps of a host. What warns of them is linked only into programs that call LimitedTo: the wasm has no room for it.
type limits interface {
	// tells reports whether the host can read the attribute with a path.
	tells(path string) bool
	// checkVariable warns of a variable called name in a text.
	checkVariable(c *compiler, text config.Text, name string, variable *vars.Variable)
	// checkMatch warns of conditions of a route, which cannot hold.
	checkMatch(c *compiler, match *config.Match)
	// checkPlaces warns of places where the document looks for something.
	checkPlaces(c *compiler)
}

// Everything is what Envoy tells a proxy-wasm filter, and what tools that have no host assume.
func Everything() Abilities { return Abilities{fields: ^facts.Fields(0)} }

// LimitedTo is what a host tells that can read some facts, and the attributes with some paths (facts.AttributePath). Findings
// call it host, as in "the module on Envoy 1.39".
func LimitedTo(host string, fields facts.Fields, tells func(path string) bool) Abilities {
	return Abilities{fields, &limitedHost{host, fields, tells}}
}

// tells reports whether the host can read an attribute.
func (a Abilities) tells(path string) bool { return a.limits == nil || a.limits.tells(path) }

// limitedHost is a host that cannot tell everything.
type limitedHost struct {
	name   string
	fields facts.Fields
	reads  func(path string) bool
}

func (h *limitedHost) tells(path string) bool { return h.reads(path) }

func (h *limitedHost) checkVariable(c *compiler, text config.Text, name string, variable *vars.Variable) {
	path := variable.Attribute()
	if variable.Needs().Fields&^h.fields != 0 || path != "" && !h.reads(path) {
		h.warn(c, text, max(0, strings.Index(text.Value, name)), quote.Text(name)+" has no value here", "it")
	}
}

func (h *limitedHost) checkMatch(c *compiler, match *config.Match) {
	const effect = "the condition never holds"
	for _, list := range []struct {
		texts []config.Text
		field facts.Fields
		about string
	}{
		{match.RouteNames, facts.FieldRouteName, "the name of Envoy's route"},
		{match.VirtualHosts, facts.FieldVirtualHost, "the name of the virtual host"},
	} {
		if len(list.texts) > 0 && !h.fields.Has(list.field) {
			h.warn(c, list.texts[0], -1, effect, list.about)
		}
	}
	for _, want := range match.Metadata {
		if !h.reads(facts.RouteMetadataPath(want.Keys...)) {
			h.warn(c, want.Glob, -1, effect, "this metadata of Envoy's route")
		}
	}
}

func (h *limitedHost) checkPlaces(c *compiler) {
	if declared := c.document.Declared; declared != nil && declared.Metadata.Value != "" && !h.reads(facts.MetadataPath(declared.Metadata.Value)) {
		h.warn(c, declared.Metadata, -1, "no producer can declare a type here", "this metadata")
	}
	if c.document.RouteDocuments && !h.fields.Has(facts.FieldHostMetadata) {
		h.warn(c, c.document.RouteDocumentsAt, -1, "a document of a virtual host has no effect", "the metadata of virtual hosts")
	}
}

// warn warns at byte i of a text that something has an effect only where the host can tell what it is about.
func (h *limitedHost) warn(c *compiler, text config.Text, i int, effect, about string) {
	c.report(code.HostCannotTell, config.Warning, text, i, effect+": "+h.name+" cannot tell "+about)
}

// checkAbility warns of a variable called name in a text, which the host cannot tell.
func (c *compiler) checkAbility(text config.Text, name string, variable *vars.Variable) {
	if c.abilities.limits != nil {
		c.abilities.limits.checkVariable(c, text, name, variable)
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

// checkPlaces warns of places where the document looks for something that the host cannot tell.
func (c *compiler) checkPlaces() {
	if c.abilities.limits == nil {
		return
	}
	c.abilities.limits.checkPlaces(c)
	for i := range c.document.Routes {
		if match := c.document.Routes[i].Match; match != nil {
			c.abilities.limits.checkMatch(c, match)
		}
	}
}
