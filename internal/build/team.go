// SPDX-License-Identifier: Apache-2.0

package build

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
)

// teamCheck finds what a team's file says about others.
type teamCheck struct {
	report
	team team
}

// root checks the whole file: all but routes is about all requests.
func (c *teamCheck) root(root *source.Value) {
	for _, m := range root.Members {
		switch name := m.Key.Text; {
		case name == "version", config.IsExtension(name):
		case name != "routes":
			c.fail(code.NotOwned, m.Key, jsonread.Below("", name), "this is about all requests, and the file is that of the team "+quote.Text(c.team.name)+
				", which owns routes only; say it within a route, or in a file of the platform")
		case m.Value.Kind == source.Array:
			for i, route := range m.Value.Elements {
				c.route(route, elementOf("routes", i))
			}
		}
	}
}

// route checks one route. What is no route is for the engine to say.
func (c *teamCheck) route(route *source.Value, path string) {
	if route.Kind != source.Object {
		return
	}
	// All members of a name count, so that a second one hides nothing.
	for _, m := range route.Members {
		switch {
		case m.Key.Text == "name" && m.Value.Kind == source.String && !anyGlob(c.team.routes, m.Value.Text):
			c.fail(code.NotOwned, m.Value, path+".name", "the team "+quote.Text(c.team.name)+" owns no route "+quote.Text(m.Value.Text)+
				"; its routes are called "+jsonread.Listed(c.team.routes))
		case m.Key.Text == "match" && m.Value.Kind == source.Object:
			c.match(m.Key, m.Value, path+".match")
		}
	}
}

// match checks which requests a route is for. A route without match is reached by its name only.
func (c *teamCheck) match(key, match *source.Value, path string) {
	hosts := match.Find("hosts")
	if hosts == nil {
		c.fail(code.NotOwned, key, path, "without \"hosts\" this matches requests for hosts of others; add those of the team "+quote.Text(c.team.name)+": "+jsonread.Listed(c.team.hosts))
		return
	}
	for i, host := range hosts.Elements {
		if host.Kind == source.String && !slices.ContainsFunc(c.team.hosts, func(owned string) bool { return grammar.CoversHost(owned, host.Text) }) {
			c.fail(code.NotOwned, host, elementOf(path+".hosts", i), "the team "+quote.Text(c.team.name)+" does not own the host "+quote.Text(host.Text)+
				"; its hosts are "+jsonread.Listed(c.team.hosts))
		}
	}
}
