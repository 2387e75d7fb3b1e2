// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"gatewayresponses/internal/quote"
)

// Route is one entry of routes: what holds for the requests that it matches, or for the Envoy routes that name it.
type Route struct {
	// Name is unique. Value is "" after a finding about it; such an entry is there for what else is to be found in it.
	Name Text
	// Match is nil when only metadata reaches the entry.
	Match *Match
	// Mode is "" for the document's.
	Mode Mode
	// API holds what differs from the document's; "" in a member is no difference.
	API API
	// StageVariables go over the document's.
	StageVariables []Member
	// GatewayResponses go before the document's.
	GatewayResponses []GatewayResponse
	// Isolated tells that the document's responses do not answer (inherit: false).
	Isolated bool
}

// routes reads the entries.
func (d *decoder) routes(key Text) {
	written := map[string]Text{}
	d.array(key, func(at Text) {
		route := d.route(at)
		other, again := written[route.Name.Value]
		if again {
			d.report(Error, route.Name.Path, route.Name.Offset,
				quote.Text(route.Name.Value)+" is the name of "+strings.TrimSuffix(other.Path, ".name")+" already; a name is unique")
			route.Name = Text{}
		}
		if route.Name.Value != "" {
			written[route.Name.Value] = route.Name
		}
		d.document.Routes = append(d.document.Routes, route)
	})
}

// route reads one entry. Its name is empty when it has none that is good.
func (d *decoder) route(at Text) Route {
	var route Route
	isObject, named := d.json.PeekKind() == '{', false
	d.fields(at, schema{
		fields: append([]field{
			{"name", func(key Text) { named = true; route.Name = d.routeName(key) }},
			{"match", func(key Text) { route.Match = d.match(key) }},
		}, d.routeFields(&route)...),
		extensions: true,
	})
	if isObject && !named && !d.broken {
		d.report(Error, at.Path, at.Offset, `the entry has no name; add "name"`)
	}
	return route
}

// routeFields are the keys that say what holds for the requests of an entry.
func (d *decoder) routeFields(route *Route) []field {
	return []field{
		{"mode", func(key Text) { d.mode(key, &route.Mode) }},
		{"api", func(key Text) { d.api(key, &route.API) }},
		{"stageVariables", func(key Text) { d.stageVariables(key, &route.StageVariables) }},
		{"gatewayResponses", func(key Text) { d.gatewayResponses(key, &route.GatewayResponses) }},
		{"inherit", func(key Text) {
			inherit, ok := d.boolean(key)
			route.Isolated = ok && !inherit
		}},
	}
}

// routeName reads the name of an entry. Access logs print it, so it has no white space.
func (d *decoder) routeName(key Text) Text {
	name, ok := d.text(key.Path)
	switch {
	case !ok:
		return Text{}
	case name.Value == "":
		d.report(Error, name.Path, name.Offset, "the name is empty; give the entry one")
		return Text{}
	}
	for i := range len(name.Value) {
		if c := name.Value[i]; c <= ' ' || c == 0x7f {
			d.reportFlaw(name, &flaw{Error, i, quote.Text(name.Value) + " is not a name, which has neither white space nor control characters"})
			return Text{}
		}
	}
	return name
}
