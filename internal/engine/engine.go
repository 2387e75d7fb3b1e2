// SPDX-License-Identifier: Apache-2.0

// Package engine turns a document into a program that decides, for each error reply, what the client sees instead.
//
// Load reads the text once: it decodes and validates it (package config), resolves every variable (package vars),
// parses every template (package template) and works out what must be read from the host. All that can be wrong is
// found there. Decide then takes the facts of one exchange through four steps and cannot fail:
//
//	classify  name the reply with a gateway response type        classify.Classify
//	select    find the entry that answers the type               select.go
//	render    status, headers and body of that entry             reply.go, headers.go, body.go, grpc.go
//	trace     say how it came about, for counters and people     decision.go
//
// The package knows neither a proxy nor a clock nor chance: the same program and the same facts give the same decision.
package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
)

// Program is a compiled document. It is immutable and safe to share.
type Program struct {
	mode     config.Mode
	dialect  classify.Dialect
	constant constants
	entries  map[config.ResponseType]*entry
	grpc     grpc
	needs    Needs
}

// constants are the values that the document gives for all exchanges.
type constants struct {
	api            config.API
	stageVariables map[string]string
}

// emulatesAWS tells whether types without an entry get AWS's built-in replies, and replies AWS's headers.
func (p *Program) emulatesAWS() bool { return p.dialect == classify.AWS }

// Needs says what must be read from the host for Decide to have all it asks for.
func (p *Program) Needs() Needs { return p.needs }

// Decide says what becomes of a reply with status 400 or above. It changes nothing and keeps nothing of f.
func (p *Program) Decide(f *facts.Facts) Decision {
	if p.mode == config.ModeOff {
		return Decision{Trace: Trace{Left: LeftOff}}
	}
	choose := p.choose
	if isGRPC(f.Reply.Headers) {
		f, choose = withGRPCBody(f), p.chooseGRPC
	}
	trace := Trace{Class: classify.Classify(f.Reply, p.dialect)}
	if trace.Class.Upstream {
		trace.Left = LeftUpstream
		return Decision{Trace: trace}
	}
	chosen, left := choose(trace.Class, f.Reply.Status)
	if chosen == nil {
		trace.Left = left
		return Decision{Trace: trace}
	}
	trace.Entry = chosen.name
	if p.mode == config.ModeObserve {
		trace.Left = LeftObserve
		return Decision{Trace: trace}
	}
	reply := p.render(chosen, f, &trace)
	return Decision{Reply: reply, Trace: trace}
}
