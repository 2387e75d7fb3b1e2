// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
	"gatewayresponses/internal/pathtemplate"
)

// route is one compiled entry of routes.
type route struct {
	scope
	routeNames, virtualHosts []string
	hosts                    []string
	path                     *pathtemplate.Template
	// prefix is nil for none.
	prefix   *pathtemplate.Path
	methods  []string
	metadata []metadataMatch
}

// metadataMatch wants a value of the metadata of Envoy's route, found under a path.
type metadataMatch struct{ path, glob string }

// routed is what was found out about an exchange before its reply is looked at.
type routed struct {
	*scope
	// resourcePath and parameters come from the path template, if the entry has one that takes the request.
	resourcePath string
	parameters   map[string]string
	// unknown is a name in metadata that no entry has.
	unknown string
	// document is what is known of the document in metadata.
	document *verdict
}

// tell adds to a trace what the metadata said.
func (at routed) tell(trace Trace) Trace {
	trace.UnknownRoute = at.unknown
	if at.document != nil {
		trace.Document, trace.DocumentRefused = at.document.findings, at.document.route == nil
	}
	return trace
}

// request is what conditions are about.
type request struct {
	facts  *facts.Facts
	host   string
	path   pathtemplate.Path
	method string
}

// requestOf is the part of an exchange that conditions are about.
func requestOf(f *facts.Facts) request {
	authority, _ := f.Request.Headers.First(":authority")
	target, _ := f.Request.Headers.First(":path")
	method, _ := f.Request.Headers.First(":method")
	return request{facts: f, host: hostOf(authority), path: pathtemplate.PathOf(target), method: method}
}

// takes tells whether all conditions hold.
func (r *route) takes(q *request) bool {
	return anyHolds(r.methods, func(method string) bool { return method == q.method }) &&
		anyHolds(r.hosts, func(pattern string) bool { return matchHost(pattern, q.host) }) &&
		anyHolds(r.routeNames, func(pattern string) bool { return glob.Match(pattern, q.facts.Route.Name) }) &&
		anyHolds(r.virtualHosts, func(pattern string) bool { return glob.Match(pattern, q.facts.Route.VirtualHost) }) &&
		(r.prefix == nil || q.path.HasPrefix(*r.prefix)) &&
		(r.path == nil || r.path.Match(q.path)) &&
		r.takesMetadata(q.facts.Attributes)
}

// anyHolds tells whether a condition holds: no list is no condition.
func anyHolds(list []string, holds func(string) bool) bool {
	return len(list) == 0 || slices.ContainsFunc(list, holds)
}

// takesMetadata tells whether the route has all values that are wanted.
func (r *route) takesMetadata(attributes facts.Attributes) bool {
	for _, want := range r.metadata {
		value := attributes.Text(want.path)
		if value == "" || !glob.Match(want.glob, value) {
			return false
		}
	}
	return true
}

// route finds the scope that an exchange belongs to: the entry that metadata holds or names, else the first entry that
// takes the request, else the document.
func (p *Program) route(f *facts.Facts) routed {
	if p.documents != nil && f.Route.Document != "" {
		document := p.documents.of(p, f.Route.Document)
		if document.route != nil {
			return routed{scope: &document.route.scope, document: document}
		}
		found := p.listed(f)
		found.document = document
		return found
	}
	return p.listed(f)
}

// listed finds the scope in the document of the filter.
func (p *Program) listed(f *facts.Facts) routed {
	if p.routes == nil {
		return routed{scope: &p.scope}
	}
	q := requestOf(f)
	name := f.Route.Entry
	if r := p.routes.byName[name]; r != nil {
		return r.routed(&q)
	}
	found := routed{scope: &p.scope}
	if r := p.routes.first(&q); r != nil {
		found = r.routed(&q)
	}
	found.unknown = name
	return found
}

// routed is what the entry says about a request that belongs to it.
func (r *route) routed(q *request) routed {
	found := routed{scope: &r.scope}
	if r.path != nil && r.path.Match(q.path) {
		found.resourcePath = r.path.String()
		found.parameters = r.path.Values(q.path)
	}
	return found
}
