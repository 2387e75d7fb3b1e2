// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"cmp"
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/route"
)

// routes compiles the entries of routes.
func (c *compiler) routes() {
	if len(c.document.Routes) == 0 {
		return
	}
	c.program.routes = &route.Table{}
	c.findTwins()
	stageVariables := c.stageVariables
	for i := range c.document.Routes {
		source := &c.document.Routes[i]
		c.program.routes.Add(source)
		c.program.routeScopes = append(c.program.routeScopes, c.routeScope(i, source))
	}
	c.stageVariables = stageVariables
}

// routeScope compiles what the entry of routes at a place says.
func (c *compiler) routeScope(place int, source *config.Route) *scope {
	s := &scope{
		mode:     cmp.Or(source.Mode, c.program.mode),
		emulate:  cmp.Or(source.Emulate, c.program.emulate),
		escaping: cmp.Or(source.Escaping, c.program.escaping),
		constant: c.program.constant.over(source.API, source.StageVariables),
		entries:  make(map[config.ResponseType]*entry, len(source.GatewayResponses)),
	}
	if !source.Isolated {
		s.parent = &c.program.scope
	}
	document := c.scope
	c.scope = s
	c.stageVariables = []map[string]string{s.constant.stageVariables, s.constant.shared}
	for i, e := range c.routeEntries(place, source) {
		t := source.GatewayResponses[i].Type
		e.name = source.Name.Value + "/" + string(t)
		s.entries[t] = e
	}
	c.scope = document
	return s
}

// routeStageVariables are the names that a template of the document can use beside the document's own: it answers for
// routes, too, and they may have variables that the document has not.
func (c *compiler) routeStageVariables() map[string]string {
	names := map[string]string{}
	for _, source := range c.document.Routes {
		if source.Isolated {
			continue
		}
		for _, variable := range source.StageVariables {
			names[variable.Key.Value] = ""
		}
	}
	return names
}

// hasMode reports whether the document or one of its routes has a mode. A route document may have any.
func (p *Program) hasMode(mode config.Mode) bool {
	return p.mode == mode || p.documents != nil ||
		slices.ContainsFunc(p.routeScopes, func(s *scope) bool { return s.mode == mode })
}

// rewritesAsAWS reports whether replies of the document or of one of its routes get AWS's headers. What a route document
// needs is asked for anyway.
func (p *Program) rewritesAsAWS() bool {
	asAWS := func(s *scope) bool { return s.mode == config.ModeRewrite && s.emulatesAWS() }
	return asAWS(&p.scope) || slices.ContainsFunc(p.routeScopes, asAWS)
}
