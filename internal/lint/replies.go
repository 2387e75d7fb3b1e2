// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/preview"
)

// answer is the reply that an entry gives to an error of Envoy.
type answer struct {
	// error is what Envoy answered.
	error exchange.Error
	reply preview.Reply
}

// byEntry are the answers of each entry, in the order of the entries. An entry that answers none of the errors is not among them.
func (s *subject) byEntry(yield func(*entry, []*answer) bool) {
	answers := s.replies()
	for e := range s.entries {
		if len(answers[e]) > 0 && !yield(e, answers[e]) {
			return
		}
	}
}

// replies are those of each scope's own entries to the errors that Envoy makes most often, and to errors that rules and producers
// name, by the entry that answers.
func (s *subject) replies() map[*entry][]*answer {
	if s.answers != nil {
		return s.answers
	}
	names := map[string]*entry{}
	for e := range s.entries {
		names[e.name] = e
	}
	errors := typicalErrors(s.brief)
	s.answers = map[*entry][]*answer{}
	for _, scope := range s.scopes {
		if scope.route != nil && len(scope.entries) == 0 {
			continue
		}
		for _, x := range errors {
			s.answer(scope, x, names)
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
func (s *subject) answer(scope *scope, x exchange.Exchange, names map[string]*entry) {
	if scope.route != nil {
		to := exchange.To(scope.route)
		to.Error = x.Error
		to.Request.Headers, to.Envoy.Attributes = x.Request.Headers, x.Envoy.Attributes
		x = to
	}
	made, err := exchange.Make(x, s.brief)
	if err != nil {
		return
	}
	reply := preview.Of(s.brief.Program, made.Facts)
	if e := names[reply.Trace.Entry]; e != nil && e.scope == scope && reply.Replaced {
		s.answers[e] = append(s.answers[e], &answer{made.Error, reply})
	}
}

// judged are the headers of replies that lints look at.
var judged = []string{cacheControl, retryAfter, wwwAuthenticate}

// briefly is a document as it answers when every mode "observe" is "rewrite", which it will be, with bodies of one letter and without
// the headers that no lint looks at: there are as many replies as there are routes.
func briefly(document *config.Document) exchange.Document {
	brief := *document
	brief.Mode = rewriting(brief.Mode)
	brief.GatewayResponses = shortened(brief.GatewayResponses)
	brief.Routes = slices.Clone(brief.Routes)
	for i := range brief.Routes {
		route := &brief.Routes[i]
		route.Mode = rewriting(route.Mode)
		route.GatewayResponses = shortened(route.GatewayResponses)
	}
	program, _ := engine.Compile(&brief, engine.Everything())
	return exchange.Document{Config: &brief, Program: program}
}

// rewriting is the mode that an owner has in mind who observes first.
func rewriting(mode config.Mode) config.Mode {
	if mode == config.ModeObserve {
		return config.ModeRewrite
	}
	return mode
}

// shortened are entries with short bodies, and with the headers alone that lints look at.
func shortened(responses []config.GatewayResponse) []config.GatewayResponse {
	short := slices.Clone(responses)
	for i := range short {
		r := &short[i]
		r.Parameters = slices.DeleteFunc(slices.Clone(r.Parameters), func(p config.Parameter) bool { return !isJudged(p.Header) })
		r.Headers = slices.DeleteFunc(slices.Clone(r.Headers), func(m config.Member) bool { return !isJudged(m.Key.Value) })
		r.Templates = slices.Clone(r.Templates)
		for j := range r.Templates {
			if text := &r.Templates[j].Value; text.Value != "" {
				text.Value = "x"
			}
		}
	}
	return short
}

// isJudged reports whether lints look at a header.
func isJudged(header string) bool { return slices.Contains(judged, chars.Lower(header)) }

// header reports whether the reply has a header.
func (a *answer) header(name string) (string, bool) { return a.reply.Headers.First(name) }

// isHeaderOnly reports whether the error ends with its headers.
func (a *answer) isHeaderOnly() bool { return a.error.Body == nil || *a.error.Body == "" }

// changes reports whether the entry gives the error another status than it had.
func (a *answer) changes() bool { return a.reply.Status != a.error.Status }
