// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/pathtemplate"
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
	// Emulate is "" for the document's.
	Emulate Emulate
	// Escaping is "" for the document's.
	Escaping Escaping
	// API holds what differs from the document's; "" in a member is no difference.
	API API
	// StageVariables go over the document's.
	StageVariables []Member
	// GatewayResponses go before the document's.
	GatewayResponses []GatewayResponse
	// Twin is how many places before this one in Routes a route stands whose GatewayResponses have the same text and no findings, so
	// that they say the same at another place; 0 when there is none.
	Twin int
	// Isolated reports that the document's responses do not answer (inherit: false).
	Isolated bool
	// Resources are templates of internal/pathtemplate for what follows Match.PathPrefix in the path. They never decide
	// whether the entry matches. No two take the same paths.
	Resources []Text
}

// routes reads the entries.
func (d *decoder) routes(key Text, document *Document) {
	written := map[string]Text{}
	d.Array(key, func(at Text) {
		route := d.route(at)
		other, again := written[route.Name.Value]
		if again {
			d.Report(code.BadRouteName, Error, route.Name.Offset,
				quote.Text(route.Name.Value)+" is the name of "+strings.TrimSuffix(d.Path(other), ".name")+" already; a name is unique")
			route.Name = Text{}
		}
		if route.Name.Value != "" {
			written[route.Name.Value] = route.Name
		}
		document.Routes = append(document.Routes, route)
	})
}

// route reads one entry. Its name is empty when it has none that is good.
func (d *decoder) route(at Text) Route {
	route := Route{}
	d.scope = &route.Emulate
	written := routeObject.read(d, at, &route)
	d.scope = nil
	if written == nil || d.Broken() {
		return route
	}
	if _, named := written.find("name"); !named {
		d.Report(code.MissingKey, Error, at.Offset, `the entry has no name; add "name"`)
	}
	if route.Match != nil && route.Match.Path.Value != "" && len(route.Resources) > 0 {
		path := route.Match.Path
		d.Report(code.ConflictingKeys, Error, path.Offset, `"path" beside "resources": it names the resource already; keep one of them`)
	}
	return route
}

// resources reads path templates. Those that take the same paths are one resource. It ends where there are too many segments.
func (d *decoder) resources(key Text) []Text {
	var all []Text
	seen := map[string]Text{}
	d.Array(key, func(element Text) {
		if d.segments < 0 {
			d.Skip(element)
			return
		}
		text, ok := d.checked(element, d.checkResource)
		if !ok {
			return
		}
		// checkTemplate has found nothing wrong with it.
		template, _ := pathtemplate.Parse(text.Value)
		shape := template.Shape()
		if other, again := seen[shape]; again {
			d.Report(code.SameResource, Error, text.Offset, quote.Text(text.Value)+" is the same resource as "+d.Path(other)+", "+quote.Text(other.Value)+"; keep one of them")
			return
		}
		seen[shape] = text
		all = append(all, text)
	})
	return all
}

// checkResource is checkTemplate, as long as the resources have not too many segments.
func (d *decoder) checkResource(text string) *grammar.Flaw {
	if d.segments -= strings.Count(text, "/"); d.segments < 0 {
		return grammar.Wrong(code.TooLarge, "the resources have more than "+strconv.Itoa(MaxRouteSegments)+` segments up to here; name an element of "routes" instead`)
	}
	return checkTemplate(text)
}

// Switch is the mode that the metadata of Envoy's routes names where it would name an entry, "" for the name of an entry.
func Switch(name string) Mode {
	if mode := Mode(name); mode == ModeOff || mode == ModeObserve {
		return mode
	}
	return ""
}

// routeName reads the name of an entry. Access logs print it, so it has no white space.
func (d *decoder) routeName(key Text) Text {
	name, ok := d.Text(key)
	switch {
	case !ok:
		return Text{}
	case name.Value == "":
		d.Report(code.BadRouteName, Error, name.Offset, "the name is empty; give the entry one")
		return Text{}
	case Switch(name.Value) != "":
		d.Report(code.BadRouteName, Error, name.Offset, quote.Text(name.Value)+
			" is reserved: in the metadata of Envoy's routes it is a mode, not the name of an entry; use another name")
		return Text{}
	}
	for i := range len(name.Value) {
		if c := name.Value[i]; c <= ' ' || c == 0x7f {
			d.reportFlaw(name, &grammar.Flaw{Code: code.BadRouteName, At: i, Message: quote.Text(name.Value) + " is not a name, which has neither white space nor control characters"})
			return Text{}
		}
	}
	return name
}
