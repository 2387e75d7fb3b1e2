// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"sort"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/vars"
)

// maxSingleReads is up to how many request headers are read one by one. Three single reads cost more than one call
// that returns the whole map (measured on Envoy 1.40).
const maxSingleReads = 2

// firstRedirect is the lowest status of a redirect.
const firstRedirect = 300

// Needs is what a program asks for before there is a reply: what to capture of a request, and which replies to look at.
type Needs struct {
	// Idle reports that no reply can be touched (mode off). Nothing is captured or read; errors count as LeftOff.
	Idle bool
	// AllRequestHeaders asks for the whole request header map, in one call.
	AllRequestHeaders bool
	// RequestHeaders asks for the first value of a few names, in lower case and sorted. Nil when AllRequestHeaders. When
	// facts.RequestIDHeader is asked for and absent, facts.OtherRequestIDHeader is.
	RequestHeaders []string
	// LowestStatus is the lowest status of the replies to look at: 400, or 300 when a rule names redirects.
	LowestStatus int
	// GRPC asks for a look at replies that may hide an error, see MayHideError.
	GRPC bool
}

// Wants is what a program asks for of one reply beyond its status, details and headers.
type Wants struct {
	// Left is why the reply is left without reading more, "" to read on and Decide.
	Left Left
	// Fields are facts that cost a host call each. FieldBody is read only when Reply.Quote is not nil.
	Fields facts.Fields
	// Attributes are further attributes, by facts.AttributePath, sorted.
	Attributes []string
	// OfRouteDocuments are facts like Fields, wanted only when the metadata holds a document: it may use any of them.
	OfRouteDocuments facts.Fields
}

// Needs says what to capture of requests, and which replies to look at.
func (p *Program) Needs() Needs { return p.needs }

// Usual are the fields that nearly every error is asked for, whatever its details are.
func (p *Program) Usual() facts.Fields { return p.wants.Fields }

// Wants says what to read of a reply, of which status and response code details are known. An upstream's error, the most
// frequent of all that a gateway sees, is left for no more than that, unless the document asks for it. Of a reply whose
// details are known, flags and owner are read only where a rule, a producer or a variable looks at them. Every other error pays for a look into
// the metadata of Envoy's route and virtual host, which can switch the filter off.
func (p *Program) Wants(status int, details string) Wants {
	switch {
	case p.needs.Idle:
		return Wants{Left: LeftOff}
	case status < facts.FirstError && !p.rules.MayFind(status, details):
		return Wants{Left: LeftUnnamed}
	case !p.upstream && classify.IsUpstream(&facts.Reply{Details: details}):
		return Wants{Left: LeftUpstream}
	}
	wants := p.wants
	asked := classify.Asks(status, details) | p.rules.Asks(status, details) | p.declared.Asks(status, details)
	wants.Fields |= asked & p.abilities.fields
	if !classify.HasRoute(details) {
		wants.Fields &^= facts.FieldRouteMetadata
	}
	return wants
}

// reads gathers what a document asks for.
type reads struct {
	requestHeaders []string
	allHeaders     bool
	fields         facts.Fields
	attributes     []string
}

// add adds what one part of the document asks for.
func (r *reads) add(v vars.Needs) {
	r.fields |= v.Fields
	r.allHeaders = r.allHeaders || v.RepeatedHeaders
	for _, name := range v.RequestHeaders {
		if len(r.requestHeaders) > maxSingleReads {
			// The whole map is asked for, and thousands of names would be compared with each other.
			return
		}
		if !slices.Contains(r.requestHeaders, name) {
			r.requestHeaders = append(r.requestHeaders, name)
		}
	}
}

// addVariables adds what variables ask for.
func (r *reads) addVariables(all []vars.Variable) {
	for i := range all {
		r.add(all[i].Needs())
		if path := all[i].Attribute(); path != "" {
			r.attributes = append(r.attributes, path)
		}
	}
}

// addScope adds what the entries of a scope ask for.
func (r *reads) addScope(s *scope) {
	for _, e := range s.entries {
		for i := range e.headers {
			r.addVariables(e.headers[i].variables)
		}
		for i := range e.bodies {
			r.addVariables(e.bodies[i].used())
		}
		if e.status != 0 && e.status < firstRedirect {
			r.add(vars.Needs{RequestHeaders: facts.TunnelHeaders()})
		}
		if len(e.bodies) > 1 {
			r.add(vars.Needs{RequestHeaders: []string{"accept"}, RepeatedHeaders: true})
		}
	}
}

// settleNeeds says what the program asks for, once everything is compiled. What replies need is needed only where mode is
// rewrite.
func (c *compiler) settleNeeds() {
	p := c.program
	rewrites := p.hasMode(config.ModeRewrite)
	if p.needs.Idle = !rewrites && !p.hasMode(config.ModeObserve); p.needs.Idle {
		p.needs.LowestStatus = facts.FirstError
		return
	}
	p.upstream = c.document.RewritesUpstream()
	r := reads{fields: facts.FieldRouteMetadata | facts.FieldHostMetadata}
	if rewrites {
		p.readForReplies(&r)
	}
	r.add(vars.Needs{RequestHeaders: p.cors.PreflightRequestHeaders()})
	r.add(vars.Needs{RequestHeaders: p.rules.RequestHeaders()})
	r.attributes = append(r.attributes, p.declared.Attributes()...)
	if p.routes != nil {
		asked := p.routes.Needs()
		r.add(vars.Needs{RequestHeaders: asked.RequestHeaders, Fields: asked.Fields})
		r.attributes = append(r.attributes, asked.Attributes...)
	}
	if p.documents != nil {
		p.readForRouteDocuments(&r)
	}
	c.settle(&r)
}

// readForReplies adds what the replies of the document and its routes ask for.
func (p *Program) readForReplies(r *reads) {
	shared := p.mode == config.ModeRewrite || p.documents != nil
	for _, s := range p.routeScopes {
		if s.mode == config.ModeRewrite {
			r.addScope(s)
			shared = shared || s.parent != nil
		}
	}
	if shared {
		r.addScope(&p.scope)
	}
	if p.rewritesAsAWS() {
		r.add(vars.Needs{RequestHeaders: []string{facts.RequestIDHeader}})
	}
	r.add(vars.Needs{RequestHeaders: p.cors.RequestHeaders()})
	if p.grpc.message != nil {
		r.addVariables(p.grpc.message.used())
	}
}

// readForRouteDocuments asks for all that an entry in metadata may use: that is not known before there is one. What costs a
// call each is asked for then; request headers cannot be read any more by then.
func (p *Program) readForRouteDocuments(r *reads) {
	r.allHeaders = true
	r.fields |= facts.FieldRouteDocument
	for _, variable := range vars.All() {
		p.wants.OfRouteDocuments |= variable.Needs.Fields
	}
}

// settle decides between single reads and the whole map, and asks for nothing that the host cannot tell.
func (c *compiler) settle(r *reads) {
	needs, wants := &c.program.needs, &c.program.wants
	needs.GRPC = c.document.GRPC != nil
	needs.LowestStatus = facts.FirstError
	if c.program.rules.Redirects() {
		needs.LowestStatus = firstRedirect
	}
	needs.AllRequestHeaders = r.allHeaders || len(r.requestHeaders) > maxSingleReads
	if !needs.AllRequestHeaders {
		needs.RequestHeaders = r.requestHeaders
		sort.Stable(sort.StringSlice(needs.RequestHeaders))
	}
	wants.Fields = r.fields & c.abilities.fields
	wants.OfRouteDocuments &= c.abilities.fields
	wants.Attributes = slices.DeleteFunc(r.attributes, func(path string) bool { return !c.abilities.tells(path) })
	sort.Stable(sort.StringSlice(wants.Attributes))
	wants.Attributes = withoutRepeats(wants.Attributes)
}

// withoutRepeats drops from a sorted list what stands in it twice.
func withoutRepeats(sorted []string) []string {
	kept := sorted[:0]
	for i, text := range sorted {
		if i == 0 || text != sorted[i-1] {
			kept = append(kept, text)
		}
	}
	return kept
}
