// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/code"
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
	p.rules = classify.NewRules(c.document.Rules)
	p.declared = classify.NewDeclared(c.document.Declared, c.document.OwnTypes)
	p.keepsProblem = c.document.Upstream.KeepProblem
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
	c.report(code.UnknownFlag, config.Error, flag, -1, quote.Text(flag.Value)+" is not a response flag"+advice)
}

// checkGRPCStatus warns of a condition that cannot hold: without the key grpc, replies under status 200 are not looked at.
func (c *compiler) checkGRPCStatus(when *config.When) {
	if when.GRPCStatuses != nil && c.document.GRPC == nil {
		c.report(code.GRPCNotLookedAt, config.Warning, when.GRPCStatusKey, -1,
			`"grpcStatus" holds for gRPC-Web only: without the key "grpc" replies to gRPC requests are not looked at; add "grpc": {}`)
	}
}

// checkRedirects reports entries that would answer a redirect, and give it no status: neither they nor the type that a rule
// gives the redirect have one.
func (c *compiler) checkRedirects() {
	reported := map[*entry]bool{}
	for i := range c.document.Rules {
		rule := &c.document.Rules[i]
		named := rule.ResponseType
		if rule.Leave || named == "" || named.DefaultStatus() != 0 || !rule.When.NamesRedirects() {
			continue
		}
		for _, s := range slices.Concat([]*scope{&c.program.scope}, c.program.routeScopes) {
			e := s.first([3]config.ResponseType{named, named.Family()})
			if e == nil || e.status != 0 || reported[e] {
				continue
			}
			reported[e] = true
			severity := config.Error
			if e != s.first([3]config.ResponseType{named}) {
				severity = config.Warning // it stands in for the type, in this scope alone
			}
			c.report(code.RedirectWithoutStatus, severity, e.at, -1, quote.Text(rule.Name)+" gives redirects the type "+quote.Text(string(named))+
				`, which has no status of its own; add "statusCode", else they are left`)
		}
	}
}

// checkNamed warns of an entry that can never answer, because nothing gives a reply its type of one's own.
func (c *compiler) checkNamed(response *config.GatewayResponse) {
	p := c.program
	if response.Type.IsOwn() && !p.ownNamed[response.Type] && !p.declared.IsSomewhere() && c.document.Declared == nil {
		c.report(code.UnnamedOwnType, config.Warning, response.At, -1, "nothing gives a reply the type "+quote.Text(string(response.Type))+
			`, so that the entry never answers; name the type in "classification", or let producers declare it`)
	}
}

// message is that of the rule or the producer, else that of the type. A phrase that stands in for a message is that of
// the status which the client sees, so that the two do not contradict each other; AWS words the error as it was raised.
func (x *exchange) message() (string, bool) {
	if given := x.trace.Class.Message; given != "" {
		return given, true
	}
	status := x.facts.Reply.Status
	if x.reply.Status >= facts.FirstError && (!x.at.emulatesAWS() || status < facts.FirstError) {
		status = x.reply.Status
	}
	return x.at.message(x.trace.Class.Type, status)
}

// validationError is what the producer says of a request that did not validate. AWS's text is the content of a JSON
// string, so that is what escaping: aws inserts.
func (x *exchange) validationError() string {
	text := x.trace.Class.ValidationError
	if text == "" || !x.entry.raw {
		return text
	}
	// AppendQuote fails on invalid UTF-8 only, which it replaces by U+FFFD.
	quoted, _ := jsontext.AppendQuote(nil, text)
	return string(quoted[1 : len(quoted)-1])
}
