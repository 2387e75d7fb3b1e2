// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"cmp"
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// maxNamed is how many errors are made for rules that name one type. The engine is asked about each.
const maxNamed = 64

// tryNamed tries errors that a rule or a producer names.
func (s *search) tryNamed(wanted config.ResponseType) {
	left := maxNamed
	for i := range s.document.Config.Rules {
		rule := &s.document.Config.Rules[i]
		if rule.ResponseType != wanted || left == 0 {
			continue
		}
		left--
		base := s.errorFor(&rule.When)
		s.try(base, requestHeaders(&rule.When), nil)
	}
	if d := s.document.Config.Declared; d != nil {
		s.tryDeclared(d, wanted)
	}
}

// Named makes errors that the rules of a document name, in answer to a request like one: for each rule one of Envoy's own and one of
// the upstream's, as far as the rule is for either. An earlier rule may take an error first. Of very many rules the first ones count.
func Named(x Exchange, document Document) []Made {
	s := &search{written: x, document: document}
	var all []Made
	for i := range document.Config.Rules[:min(maxNamed, len(document.Config.Rules))] {
		when := document.Config.Rules[i].When
		of := when.Source
		for _, source := range []config.Source{config.SourceLocal, config.SourceUpstream} {
			if !of.Has(source.Upstream()) {
				continue
			}
			when.Source = source
			named := x
			named.Request.Headers = append(slices.Clip(x.Request.Headers), requestHeaders(&when)...)
			all = append(all, named.made(s.errorFor(&when)))
		}
	}
	return all
}

// errorFor makes an error that meets the conditions of a rule: a typical one if one has such details, owner and status. Where the
// rule is for any reply it is one of Envoy's own.
func (s *search) errorFor(when *config.When) Error {
	url := s.written.Request.url()
	base := Error{Details: literal(when.Details), Owner: literal(when.Filters), Upstream: !when.Source.Has(false)}
	if base.Upstream {
		base.Details, base.Owner = cmp.Or(base.Details, viaUpstream), ""
	}
	for i := range typical {
		known := typical[i].error(url)
		if !base.Upstream && fits(when.Details, known.Details) && fits(when.Filters, known.Owner) && hasStatus(when.Statuses, known.Status) {
			base = known
			break
		}
	}
	if !hasStatus(when.Statuses, base.Status) || base.Status == 0 {
		base.Status = firstStatus(when.Statuses)
	}
	if len(when.Flags) > 0 {
		base.Flags = facts.ParseFlag(when.Flags[0].Value)
	}
	if len(when.GRPCStatuses) > 0 {
		base.Headers = append(base.Headers, facts.Header{Name: "grpc-status", Value: when.GRPCStatuses[0].Number()})
	}
	for _, condition := range when.ResponseHeaders {
		if value, wanted := valueFor(condition); wanted {
			base.Headers = append(base.Headers, facts.Header{Name: chars.Lower(condition.Name.Value), Value: value})
		}
	}
	return base
}

// requestHeaders are headers of a request that meets the conditions of a rule.
func requestHeaders(when *config.When) facts.Headers {
	var headers facts.Headers
	for _, condition := range when.RequestHeaders {
		if value, wanted := valueFor(condition); wanted {
			headers = append(headers, facts.Header{Name: chars.Lower(condition.Name.Value), Value: value})
		}
	}
	return headers
}

// valueFor is a value for which a condition holds, and whether the header must be there.
func valueFor(condition config.HeaderCondition) (value string, wanted bool) {
	switch condition.Test {
	case config.HeaderAbsent:
		return "", false
	case config.HeaderEquals:
		return condition.Value, true
	case config.HeaderGlob:
		return withoutStars(condition.Value), true
	default:
		return "sample", true
	}
}

// fits reports whether one of the globs matches; no globs match everything. Details compare as access logs print them, with "_"
// for white space.
func fits(globs []config.Text, text string) bool {
	for _, pattern := range globs {
		if glob.Match(strings.ReplaceAll(pattern.Value, " ", "_"), strings.ReplaceAll(text, " ", "_")) {
			return true
		}
	}
	return globs == nil
}

// hasStatus reports whether a status is in one of the ranges; no ranges hold every error.
func hasStatus(ranges []config.StatusRange, status int) bool {
	for _, r := range ranges {
		if r.Low <= status && status <= r.High {
			return true
		}
	}
	return ranges == nil
}

// firstStatus is a status of the ranges, 403 when there are none.
func firstStatus(ranges []config.StatusRange) int {
	if len(ranges) == 0 {
		return 403
	}
	return ranges[0].Low
}

// literal is a text that the first of some globs matches, "" for no globs.
func literal(globs []config.Text) string {
	if len(globs) == 0 {
		return ""
	}
	return withoutStars(globs[0].Value)
}

// withoutStars is a text that the glob matches: its stars stand for nothing, or for "sample" where nothing else would be left.
func withoutStars(pattern string) string {
	if text := strings.ReplaceAll(pattern, "*", ""); text != "" {
		return text
	}
	return "sample"
}

// tryDeclared tries an error whose producer declares its type: in a header or, without one, in the metadata.
func (s *search) tryDeclared(d *config.Declared, t config.ResponseType) {
	base := Error{Details: "ext_authz_denied", Status: 403, Flags: facts.ParseFlag("UAEX"), Owner: ownerPrefix + "ext_authz"}
	if !fits(d.Filters, base.Owner) {
		base = Error{Status: 403, Owner: literal(d.Filters)}
	}
	if d.Source.Upstream() && !d.Source.Has(false) {
		base = Error{Details: viaUpstream, Status: 403, Upstream: true}
	}
	base.Status = cmp.Or(t.DefaultStatus(), statusOf(t), base.Status)
	if d.Header != "" {
		base.Headers = facts.Headers{{Name: chars.Lower(d.Header), Value: string(t)}}
		s.try(base, nil, nil)
		return
	}
	s.try(base, nil, facts.Attributes{facts.MetadataPath(d.Metadata.Value): string(t)})
}

// statusOf is the status of a DEFAULT_* type that has no other one, 0 for other types.
func statusOf(t config.ResponseType) int {
	switch t {
	case config.Default4XX:
		return 400
	case config.Default5XX:
		return 500
	}
	return 0
}
