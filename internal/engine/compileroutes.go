// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/pathtemplate"
	"gatewayresponses/internal/vars"
)

// routes compiles the entries of routes. What their replies need is needed only where mode is rewrite.
func (c *compiler) routes() {
	if len(c.document.Routes) == 0 {
		return
	}
	c.program.routes = &routeTable{byName: map[string]*route{}, files: map[fileKey]*pathFile{}}
	stageVariables := c.stageVariables
	document, shared := c.takeNeeds(), c.program.mode == config.ModeRewrite || c.program.documents != nil
	var total Needs
	for i := range c.document.Routes {
		source := &c.document.Routes[i]
		r := c.route(source)
		c.program.routes.add(source.Name.Value, r, source.Match != nil)
		if own := c.takeNeeds(); r.mode == config.ModeRewrite {
			total.add(own)
			shared = shared || r.parent != nil
		}
	}
	if shared {
		total.add(document)
	}
	c.program.needs, c.stageVariables = total, stageVariables
}

// takeNeeds returns the needs so far, and begins anew.
func (c *compiler) takeNeeds() Needs {
	needs := c.program.needs
	c.program.needs = Needs{}
	return needs
}

// add adds what other needs.
func (n *Needs) add(other Needs) {
	n.need(vars.Needs{RequestHeaders: other.RequestHeaders, RepeatedHeaders: other.AllRequestHeaders, Fields: other.Fields})
	n.Attributes = append(n.Attributes, other.Attributes...)
}

// route compiles one entry.
func (c *compiler) route(source *config.Route) *route {
	r := &route{scope: scope{
		mode:     source.Mode,
		constant: c.program.constant.over(source.API, source.StageVariables),
		entries:  map[config.ResponseType]*entry{},
	}}
	if r.mode == "" {
		r.mode = c.program.mode
	}
	if !source.Isolated {
		r.parent = &c.program.scope
	}
	c.stageVariables = []map[string]string{r.constant.stageVariables, r.constant.shared}
	for i := range source.GatewayResponses {
		e := c.entry(&source.GatewayResponses[i])
		e.name = source.Name.Value + "/" + e.name
		r.entries[source.GatewayResponses[i].Type] = e
	}
	if source.Match != nil {
		r.compileMatch(source.Match)
	}
	return r
}

// compileMatch takes over the conditions.
func (r *route) compileMatch(match *config.Match) {
	r.routeNames, r.virtualHosts = values(match.RouteNames), values(match.VirtualHosts)
	r.methods = values(match.Methods)
	for _, want := range match.Metadata {
		r.metadata = append(r.metadata, metadataMatch{facts.RouteMetadataPath(want.Keys...), want.Glob.Value})
	}
	for _, host := range match.Hosts {
		r.hosts = append(r.hosts, chars.Lower(host.Value))
	}
	if match.Path.Value != "" {
		// Decode has reported a template that cannot be parsed.
		r.path, _ = pathtemplate.Parse(match.Path.Value)
	}
	if match.PathPrefix.Value != "" {
		prefix := pathtemplate.PrefixOf(match.PathPrefix.Value)
		r.prefix = &prefix
	}
}

// values are the strings of a list.
func values(texts []config.Text) []string {
	var list []string
	for _, text := range texts {
		list = append(list, text.Value)
	}
	return list
}

// routeStageVariables are the names that a template of the document can use beside the document's own: it answers for
// routes, too, and they may have variables that the document has not.
func (c *compiler) routeStageVariables() map[string]string {
	names := map[string]string{}
	for _, route := range c.document.Routes {
		if route.Isolated {
			continue
		}
		for _, variable := range route.StageVariables {
			names[variable.Key.Value] = ""
		}
	}
	return names
}

// needRoutes adds what is needed to find the entry of an exchange. An entry whose mode is off needs to be found, too.
func (c *compiler) needRoutes() {
	if c.program.routes == nil {
		return
	}
	needs := &c.program.needs
	needs.Fields |= facts.FieldRouteEntry
	for _, r := range c.program.routes.routes {
		needs.needRoute(r)
		for _, want := range r.metadata {
			needs.Attributes = append(needs.Attributes, want.path)
		}
	}
}

// needRoute adds what one entry asks for, metadata apart.
func (n *Needs) needRoute(r *route) {
	for _, part := range []struct {
		asked bool
		needs vars.Needs
	}{
		{r.routeNames != nil, vars.Needs{Fields: facts.FieldRouteName}},
		{r.virtualHosts != nil, vars.Needs{Fields: facts.FieldVirtualHost}},
		{r.hosts != nil, vars.Needs{RequestHeaders: []string{":authority"}}},
		{r.methods != nil, vars.Needs{RequestHeaders: []string{":method"}}},
		{r.path != nil || r.prefix != nil, vars.Needs{RequestHeaders: []string{":path"}}},
	} {
		if part.asked {
			n.need(part.needs)
		}
	}
}

// hasMode tells whether the document or one of its routes has a mode. A route document may have any.
func (p *Program) hasMode(mode config.Mode) bool {
	if p.mode == mode || p.documents != nil {
		return true
	}
	if p.routes == nil {
		return false
	}
	for _, r := range p.routes.byName {
		if r.mode == mode {
			return true
		}
	}
	return false
}
