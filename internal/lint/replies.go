// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/preview"
)

// answer is the reply that an entry gives to an error of Envoy.
type answer struct {
	entry *entry
	// error is what Envoy answered.
	error exchange.Error
	reply preview.Reply
}

// byEntry are the answers of each entry, in the order of the entries. An entry that answers none of the errors is not among them.
func (s *subject) byEntry(yield func(*entry, []answer) bool) {
	answers := map[*entry][]answer{}
	for _, a := range s.replies() {
		answers[a.entry] = append(answers[a.entry], a)
	}
	for e := range s.entries {
		if len(answers[e]) > 0 && !yield(e, answers[e]) {
			return
		}
	}
}

// replies are the replies to the errors that Envoy makes most often, those that rules and producers name among them, in each scope
// that has entries.
func (s *subject) replies() []answer {
	if s.answers != nil {
		return s.answers
	}
	document := exchange.Document{Config: s.document, Program: s.observed}
	names := map[string]*entry{}
	for e := range s.entries {
		names[e.name] = e
	}
	errors := typicalErrors(document)
	s.answers = []answer{}
	for _, scope := range s.scopes {
		if scope.route != nil && len(scope.entries) == 0 {
			continue
		}
		for _, x := range errors {
			s.answer(scope, x, document, names)
		}
	}
	return s.answers
}

// typicalErrors are exchanges with the errors, each once.
func typicalErrors(document exchange.Document) []exchange.Exchange {
	type key struct {
		details string
		status  int
		owner   string
	}
	var all []exchange.Exchange
	seen := map[key]bool{}
	for _, of := range exchange.Typical(exchange.Exchange{}, document) {
		for _, x := range of.Exchanges {
			k := key{x.Error.Details, x.Error.Status, x.Error.Owner}
			if !seen[k] {
				seen[k] = true
				all = append(all, x)
			}
		}
	}
	return all
}

// answer adds the reply to an error in a scope, if an entry gives it.
func (s *subject) answer(scope *scope, x exchange.Exchange, document exchange.Document, names map[string]*entry) {
	if scope.route != nil {
		to := exchange.To(scope.route)
		to.Error = x.Error
		to.Request.Headers, to.Envoy.Attributes = x.Request.Headers, x.Envoy.Attributes
		x = to
	}
	made, err := exchange.Make(x, document)
	if err != nil {
		return
	}
	reply := preview.Of(s.observed, made.Facts)
	if e := names[reply.Trace.Entry]; e != nil && reply.Replaced && reply.Trace.Entry != engine.BuiltIn {
		s.answers = append(s.answers, answer{e, made.Error, reply})
	}
}

// header reports whether the reply has a header.
func (a *answer) header(name string) (string, bool) { return a.reply.Headers.First(name) }

// isHeaderOnly reports whether the error ends with its headers.
func (a *answer) isHeaderOnly() bool { return a.error.Body == nil || *a.error.Body == "" }

// changes reports whether the entry gives the error another status than it had.
func (a *answer) changes() bool { return a.reply.Status != a.error.Status }
