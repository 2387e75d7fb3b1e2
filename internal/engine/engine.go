// SPDX-License-Identifier: Apache-2.0

// Package engine turns a document into a program that decides, for each error reply, what the client sees instead.
//
// Load reads the text once: it decodes and validates it (package config), resolves every variable (package vars),
// parses every template (package template) and works out what must be read from the host. All that can be wrong is
// found there. Decide then takes the facts of one exchange through five steps and cannot fail:
//
//	route     find the entry of routes that the request belongs to   route.go, routetable.go, routedocument.go
//	classify  name the reply with a gateway response type            rules.go, classify.Classify
//	select    find the entry that answers the type               select.go
//	render    status, headers and body of that entry             reply.go, headers.go, body.go, cors.go, grpc.go
//	trace     say how it came about, for counters and people     decision.go
//
// The package knows neither a proxy nor a clock nor chance: the same program and the same facts give the same decision.
package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
)

// Program is a compiled document. It is immutable but for what it remembers of route documents, which no decision shows,
// and safe to share.
type Program struct {
	// scope is the document's own, for exchanges that belong to no entry of routes.
	scope
	dialect classify.Dialect
	// routes is nil without any.
	routes *routeTable
	needs  Needs
	// rules and declared go before the built-in classification.
	rules    classify.Rules
	declared classify.Declared
	// escapesValidation tells that error.validationErrorString is escaped as AWS escapes it (escaping: aws).
	escapesValidation bool
	// keepsProblem tells that replies of the upstream pass that are application/problem+json.
	keepsProblem bool
	cors         *cors
	grpc         grpc
	// addedByRoutes are headers that a reply which is sent anew does not carry over.
	addedByRoutes []string
	// documents compiles the documents that metadata holds, nil when it may hold none.
	documents *routeDocuments
}

// emulatesAWS tells whether types without an entry get AWS's built-in replies, and replies AWS's headers.
func (p *Program) emulatesAWS() bool { return p.dialect == classify.AWS }

// Needs says what must be read from the host for Decide to have all it asks for.
func (p *Program) Needs() Needs { return p.needs }

// Decide says what becomes of a reply with status 400 or above. It changes nothing and keeps nothing of f.
func (p *Program) Decide(f *facts.Facts) Decision {
	at := p.route(f)
	if at.mode == config.ModeOff {
		return Decision{Trace: at.tell(Trace{Left: LeftOff})}
	}
	isGRPC := isGRPC(f.Reply.Headers)
	if isGRPC {
		f = withGRPCBody(f)
	}
	trace := at.tell(p.classify(f))
	if trace.Class.Upstream {
		return p.leaveUpstream(at.mode, f, trace)
	}
	if !isGRPC && !trace.Class.Leave && p.cors.answersPreflight(f, trace.Class) {
		return p.answerPreflight(at.mode, f, trace)
	}
	scope, otherwise := at.scope, p.otherwise()
	if isGRPC {
		scope, otherwise = &p.grpc.scope, p.grpc.other
	}
	chosen, left := p.choose(scope, otherwise, trace.Class, f.Reply.Status)
	if chosen == nil {
		trace.Left = left
		return p.leave(at.mode, f, trace, isGRPC)
	}
	trace.Entry = chosen.name
	if at.mode == config.ModeObserve {
		trace.Left = LeftObserve
		return Decision{Trace: trace}
	}
	reply := p.render(chosen, at, f, &trace)
	return Decision{Reply: reply, Trace: trace}
}

// leave decides on a reply that no entry answers: its headers may change. Of a reply to a gRPC request only those that its
// producer wrote for the filter do, and those of CORS where a page reads it.
func (p *Program) leave(mode config.Mode, f *facts.Facts, trace Trace, isGRPC bool) Decision {
	decision := Decision{Trace: trace, Strip: p.internalHeaders(mode, f)}
	if !isGRPC || isGRPCWeb(f.Reply.Headers) {
		decision.Headers = p.headersOfLeft(mode, f, trace.Left)
	}
	return decision
}
