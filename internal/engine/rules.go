// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// rules compiles what goes before the built-in classification.
func (c *compiler) rules() {
	for i := range c.document.Rules {
		for _, flag := range c.document.Rules[i].When.Flags {
			c.checkFlag(flag)
		}
		c.checkGRPCStatus(&c.document.Rules[i].When)
	}
	p := c.program
	p.rules = classify.NewRules(c.document.Rules, p.dialect)
	p.declared = classify.NewDeclared(c.document.Declared, p.dialect)
	p.keepsProblem = c.document.Upstream.KeepProblem
	p.escapesValidation = c.document.Escaping == config.EscapingAWS
}

// checkFlag reports a response flag that Envoy does not have.
func (c *compiler) checkFlag(flag config.Text) {
	if facts.ParseFlag(flag.Value) != 0 {
		return
	}
	advice := `; use the short name that access logs print, e.g. "UT"`
	if meant := chars.Upper(flag.Value); facts.ParseFlag(meant) != 0 {
		advice = "; did you mean " + quote.Text(meant) + "?"
	}
	c.report(config.Error, flag, -1, quote.Text(flag.Value)+" is not a response flag"+advice)
}

// classify names the reply: by a rule, as its producer declares, or by the built-in tables, which name no reply of the
// upstream.
func (p *Program) classify(f *facts.Facts) Trace {
	class := classify.Classify(f.Reply, p.dialect)
	if class.Upstream {
		if left := p.keepsUpstream(&f.Reply); left != "" {
			return Trace{Class: class, Left: left}
		}
	}
	if named, ok := p.rules.Find(f); ok {
		return Trace{Class: named}
	}
	declared, ok, unknown := p.declared.Find(f)
	if ok {
		class = declared
	}
	return Trace{Class: class, UnknownType: unknown}
}

// internalHeaders are the headers of a reply that is left which its producer wrote for the filter. In mode observe a
// client sees them, as it would without the filter.
func (p *Program) internalHeaders(mode config.Mode, f *facts.Facts) []string {
	if mode == config.ModeObserve {
		return nil
	}
	var names []string
	for _, name := range p.declared.Headers(&f.Reply) {
		if _, there := f.Reply.Headers.First(name); there {
			names = append(names, name)
		}
	}
	return names
}

// message is that of the rule or the producer, else that of the type. A phrase that stands in for a message is that of
// the status which the client sees, so that the two do not contradict each other; AWS words the error as it was raised.
func (r *renderer) message() (string, bool) {
	if given := r.trace.Class.Message; given != "" {
		return given, true
	}
	status := r.facts.Reply.Status
	if !r.program.emulatesAWS() && r.reply.Status >= 400 {
		status = r.reply.Status
	}
	return r.program.message(r.trace.Class.Type, status)
}

// validationError is what the producer says of a request that did not validate. AWS's text is the content of a JSON
// string, so that is what escaping: aws inserts.
func (r *renderer) validationError() string {
	text := r.trace.Class.ValidationError
	if text == "" || !r.program.escapesValidation {
		return text
	}
	// AppendQuote fails on invalid UTF-8 only, which it replaces by U+FFFD.
	quoted, _ := jsontext.AppendQuote(nil, text)
	return string(quoted[1 : len(quoted)-1])
}
