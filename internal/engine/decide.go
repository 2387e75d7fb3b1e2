// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/vars"
)

// Decide says what becomes of a reply with status 400 or above, or 300 where a rule names redirects. It changes nothing, and
// keeps of f only what Reply.Complete still needs.
func (p *Program) Decide(f *facts.Facts) Decision {
	x := exchange{program: p, facts: f, has: headersOf(f.Reply.Headers)}
	return x.decide()
}

// decide takes an exchange through all steps.
func (x *exchange) decide() Decision {
	x.locate()
	if x.at.mode == config.ModeOff {
		return x.pass(LeftOff)
	}
	x.classify()
	left := x.findEntry()
	switch {
	case x.at.mode == config.ModeObserve:
		return x.pass(cmp.Or(left, LeftObserve))
	case left != "":
		return x.leave(left)
	default:
		return x.replace()
	}
}

// exchange is one exchange on its way through the steps of Decide.
type exchange struct {
	program *Program
	// facts are those of a reply over HTTP, also where a client of gRPC reads it.
	facts *facts.Facts
	// room is memory to use, nil to take new memory.
	room *Room
	// has are the headers of the reply, as far as they are watched.
	has headerSet
	// isGRPC reports whether a client of gRPC reads the reply.
	isGRPC bool
	at     placement
	trace  Trace
	// entry answers the reply, nil when it is left.
	entry *entry
	// env is nil until a value is asked for, and reply until the entry answers. They outlive the exchange.
	env     *vars.Env
	reply   *Reply
	headers HeaderChanges
	// chosen is the body that is sent, nil for none and for AWS's own.
	chosen *body
	// statusBy says where the status of the reply comes from.
	statusBy StatusBy
	// watch is called when a step has changed headers, nil but for Explain.
	watch func(HeaderStep)
}

// locate finds the scope that the exchange belongs to.
func (x *exchange) locate() {
	x.at = x.program.locate(x.facts)
	x.at.tell(&x.trace)
}

// classify names the reply: by a rule, as its producer declares, or by the built-in tables, which name no reply of the
// upstream.
func (x *exchange) classify() {
	p := x.program
	if x.isGRPC = x.has&hasGRPCStatus != 0 && isGRPC(x.facts.Reply.Headers); x.isGRPC {
		x.facts = withGRPCBody(x.facts)
	}
	original := &x.facts.Reply
	if x.hasCompanionBody() {
		bodiless := *original
		bodiless.HasBody = false
		original = &bodiless
	}
	x.trace.Class = classify.Classify(original, x.at.dialect())
	if x.trace.Class.Upstream && p.keepsUpstream(&x.facts.Reply) != "" {
		return
	}
	if len(p.rules) > 0 {
		if named, ok := p.rules.Find(x.facts, x.at.dialect()); ok {
			x.trace.Class = named
			return
		}
	}
	if !p.declared.IsSomewhere() {
		return
	}
	declared, ok, unknown := p.declared.Find(x.facts, x.at.dialect(), x.at.answers)
	if x.trace.UnknownType = unknown; ok {
		x.trace.Class = declared
	}
}

// findEntry finds the entry that answers the reply, or says why none does.
func (x *exchange) findEntry() Left {
	var left Left
	if x.entry, left = x.whoAnswers(); x.entry != nil {
		x.trace.Entry = x.entry.name
	}
	return left
}

// whoAnswers is the entry that answers the reply, or why none does.
func (x *exchange) whoAnswers() (*entry, Left) {
	p, class := x.program, x.trace.Class
	switch {
	case x.isRedirect() && class.Reason != classify.ByRule:
		return nil, LeftUnnamed
	case class.Upstream:
		return nil, p.leftOfUpstream(&x.facts.Reply)
	case class.Leave:
		return nil, LeftRule
	case x.isGRPC:
		return x.choose(&p.grpc.scope, p.grpc.other)
	case x.answersPreflight():
		return preflightEntry, ""
	default:
		return x.choose(x.at.scope, x.at.fallbackEntry())
	}
}

// isRedirect reports whether the reply is a redirect, which only a rule makes an error.
func (x *exchange) isRedirect() bool { return x.facts.Reply.Status < facts.FirstError }

// pass decides that nothing of the reply changes, because of the mode. A redirect that mode off leaves does not count: no rule
// has been asked about it.
func (x *exchange) pass(why Left) Decision {
	if why == LeftOff && x.isRedirect() {
		why = LeftUnnamed
	}
	x.trace.Left = why
	return Decision{Trace: x.trace}
}

// leave decides that the reply stays as it is, but for some headers.
func (x *exchange) leave(why Left) Decision {
	x.trace.Left = why
	x.finishHeaders()
	return Decision{Headers: x.headers, Trace: x.trace}
}

// replace decides that the entry answers. A reply that is too large to be sent is left.
func (x *exchange) replace() Decision {
	if !x.render() {
		x.entry, x.chosen, x.headers = nil, nil, HeaderChanges{}
		x.passed(StepTooLarge)
		x.trace.Dropped, x.trace.KeptStatus = nil, false
		return x.leave(LeftTooLarge)
	}
	x.finishHeaders()
	return Decision{Reply: x.reply, Headers: x.headers, Trace: x.trace}
}

// finishHeaders adds what replies that are left and replaced share: headers that a producer wrote for the filter go, and pages
// of allowed origins may read the error.
func (x *exchange) finishHeaders() {
	x.corsHeaders()
	x.passed(StepCORS)
	x.drop(x.program.declared.Headers(&x.facts.Reply)...)
	if x.hasCompanionBody() {
		x.dropWatched(hasCompanion)
	}
	x.headers.keepSet()
	x.passed(StepForFilter)
}

// passed says that headers have been through a step. Inlined, it would take a hundred bytes of the wasm at each call.
//
//go:noinline
func (x *exchange) passed(step HeaderStep) {
	if x.watch != nil {
		x.watch(step)
	}
}

// drop removes headers, if the old reply has them.
func (x *exchange) drop(names ...string) {
	for _, name := range names {
		if _, there := x.facts.Reply.Headers.First(name); there {
			x.headers.Remove = append(x.headers.Remove, name)
		}
	}
}
