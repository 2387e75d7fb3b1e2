// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/accept"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/route"
)

// Explanation is a decision, and what each step went by. Tools show it; an adapter has no use for it.
type Explanation struct {
	Decision Decision
	Place    Place
	// Rules are those that were asked, in order; the last one names the reply when its Failing is "".
	Rules []classify.Trial
	// Producer is what the producer of the reply says of it, nil when the document asks for no such word, or a rule came first.
	Producer *classify.Word
	// Known is the row of the built-in tables, and why it has its type. It decides when neither rule nor producer does.
	Known classify.Provenance
	// Looks are those for the entry, in order. The last one found it, unless no entry answers or one that stands in no list:
	// AWS's own reply, the answer to a preflight.
	Looks []Look
	// Status is where the status comes from.
	Status StatusBy
	// Media are the bodies to choose from; nil when the reply has none, or AWS's own.
	Media []Medium
	// AcceptCounts reports whether the request has an Accept header that says something: it is there, well-formed and not too long.
	AcceptCounts bool
	// AcceptFault is why an Accept header that is there does not count.
	AcceptFault accept.Fault
	// Message is what $context.error.message stands for, and HasMessage whether there is one.
	Message    string
	HasMessage bool
	// Headers are those of the entry, in the order of their names.
	Headers []EntryHeader
	// Values are those of the variables in the body that is sent.
	Values []Value
	// Changes are what the steps did to headers, in order.
	Changes []Change
}

// Place is the scope of the exchange, and how it was found.
type Place struct {
	// Route is the name of the entry of routes, "document" for a route document, "" for the document itself.
	Route string
	// Named is what metadata names, a route of the document or a mode; Unknown reports that the document has no such route.
	Named   string
	Unknown bool
	// Tried are the entries of routes that were asked, in order; nil when metadata has answered. The last one takes the exchange when
	// its Failing is "".
	Tried []route.Trial
	// Mode is what applies.
	Mode    config.Mode
	Emulate config.Emulate
	// ResourcePath is the path template that takes the path, "" for none, and Parameters are its values.
	ResourcePath string
	Parameters   map[string]string
}

// Look is one look for an entry.
type Look struct {
	// Place is the route whose entries were looked at, "document" for a route document, "grpc" for the key of that name, "" for the
	// document itself.
	Place string
	Type  config.ResponseType
	Found bool
}

// Medium is a body to choose.
type Medium struct {
	// Key is its media type as written.
	Key string
	accept.Score
	Chosen bool
}

// Explain decides as Decide does, by the same steps, and says what each went by.
func (p *Program) Explain(f *facts.Facts) Explanation {
	x := &exchange{program: p, facts: f, has: headersOf(f.Reply.Headers)}
	var changes headerWatch
	x.watch = func(step HeaderStep) { changes.note(step, &x.headers) }
	e := Explanation{Decision: x.decide(), Place: x.explainPlace(), Changes: changes.found}
	if x.at.mode == config.ModeOff {
		return e
	}
	x.explainClass(&e)
	if x.trace.Class.Type != "" {
		e.Looks = x.explainLooks()
	}
	if x.reply == nil || x.entry == nil {
		return e
	}
	e.Status, e.Media = x.statusBy, x.explainMedia()
	e.AcceptCounts = x.accept() != "" && x.entry.mediaTypes != nil && x.entry.mediaTypes.Scores(x.accept()) != nil
	e.AcceptFault = accept.FaultOf(x.accept())
	e.Message, e.HasMessage = x.message()
	e.Headers = x.explainHeaders()
	e.Values = x.explainBody()
	return e
}

// explainPlace says where the exchange belongs.
func (x *exchange) explainPlace() Place {
	p, f := x.program, x.facts
	place := Place{
		Route: p.nameOf(x.at.scope), Named: f.Route.DocumentRoute, Unknown: x.at.unknown != "",
		Mode: x.at.mode, Emulate: x.at.emulate, ResourcePath: x.at.resourcePath, Parameters: x.at.parameters,
	}
	isNamed := place.Named != "" && !place.Unknown && config.Switch(place.Named) == ""
	if p.routes != nil && !isNamed && place.Route != documentName {
		place.Tried = p.routes.Trials(f)
	}
	return place
}

// nameOf is the name of the place that a scope is for, "" for the document.
func (p *Program) nameOf(s *scope) string {
	switch at := slices.Index(p.routeScopes, s); {
	case at >= 0:
		return p.routes.Names()[at]
	case s == &p.scope:
		return ""
	case s == &p.grpc.scope:
		return "grpc"
	}
	return documentName
}

// explainClass says what named the reply.
func (x *exchange) explainClass(e *Explanation) {
	p, class := x.program, x.trace.Class
	e.Known = classify.ProvenanceOf(&x.facts.Reply)
	if class.Upstream && p.keepsUpstream(&x.facts.Reply) != "" {
		return
	}
	e.Rules = p.rules.Trials(x.facts)
	if class.Reason != classify.ByRule && p.declared.IsSomewhere() {
		word := p.declared.Word(x.facts)
		e.Producer = &word
	}
}

// explainLooks says where an entry was looked for.
func (x *exchange) explainLooks() []Look {
	if x.entry == preflightEntry || x.trace.Class.Leave {
		return nil
	}
	s := x.at.scope
	if x.isGRPC {
		s = &x.program.grpc.scope
	}
	var looks []Look
	for look, e := range s.looks(x.candidates()) {
		if !slices.ContainsFunc(looks, func(l Look) bool { return l.Type == look.of && l.Place == x.program.nameOf(look.scope) }) {
			looks = append(looks, Look{x.program.nameOf(look.scope), look.of, e != nil})
		}
		if e != nil {
			break
		}
	}
	return looks
}

// explainMedia says how the bodies of the entry were chosen from.
func (x *exchange) explainMedia() []Medium {
	if x.chosen == nil {
		return nil
	}
	media := make([]Medium, len(x.entry.bodies))
	var scores []accept.Score
	if x.entry.mediaTypes != nil {
		scores = x.entry.mediaTypes.Scores(x.accept())
	}
	for i := range x.entry.bodies {
		b := &x.entry.bodies[i]
		media[i] = Medium{Key: b.key, Chosen: b == x.chosen}
		if scores != nil {
			media[i].Score = scores[i]
		}
	}
	return media
}
