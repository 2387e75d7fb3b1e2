// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// Rules are the owner's rules, compiled, in order. They go before the table.
type Rules []rule

// rule is one of them.
type rule struct {
	details, filters []glob.Pattern
	// flags are the bits of which one must be set, 0 when the rule does not ask for flags.
	flags                           facts.Flags
	statuses                        []config.StatusRange
	grpcStatuses                    []config.GRPCStatus
	requestHeaders, responseHeaders []headerCondition
	source                          config.Source
	// asks are the facts that the conditions look at and that cost a host call each.
	asks facts.Fields
	// result is the name of a reply that the rule matches.
	result Result
}

// headerCondition is a condition on one header, which Envoy calls name.
type headerCondition struct {
	name, value string
	test        config.HeaderTest
}

// NewRules compiles rules whose flags are all known.
func NewRules(written []config.Rule) Rules {
	var rules Rules
	for i := range written {
		from := &written[i]
		r := rule{
			details:         printedPatterns(from.When.Details),
			filters:         patterns(from.When.Filters),
			statuses:        from.When.Statuses,
			grpcStatuses:    from.When.GRPCStatuses,
			source:          from.When.Source,
			requestHeaders:  headerConditions(from.When.RequestHeaders),
			responseHeaders: headerConditions(from.When.ResponseHeaders),
			result:          Result{Type: from.ResponseType, Reason: ByRule, Row: from.Name, Known: true, Leave: from.Leave, Message: from.Message},
		}
		for _, flag := range from.When.Flags {
			r.flags |= facts.ParseFlag(flag.Value)
		}
		if r.filters != nil {
			r.asks |= facts.FieldOwner
		}
		if r.flags != 0 {
			r.asks |= facts.FieldFlags
		}
		rules = append(rules, r)
	}
	return rules
}

// broader is the type that a type falls back to in a dialect when it was named and not found in the table.
func broader(t config.ResponseType, dialect Dialect) config.ResponseType {
	if dialect == Envoy && (t == config.ExpiredToken || t == config.MissingAuthenticationToken) {
		return config.Unauthorized
	}
	return ""
}

// patterns are parsed globs.
func patterns(texts []config.Text) []glob.Pattern {
	var all []glob.Pattern
	for _, text := range texts {
		all = append(all, glob.Parse(text.Value))
	}
	return all
}

// printedPatterns are globs on details as access logs print them.
func printedPatterns(texts []config.Text) []glob.Pattern {
	var all []glob.Pattern
	for _, text := range texts {
		all = append(all, glob.Parse(printed(text.Value)))
	}
	return all
}

// headerConditions spells the names of headers as Envoy does, in lower case.
func headerConditions(written []config.HeaderCondition) []headerCondition {
	var all []headerCondition
	for _, from := range written {
		name := facts.RequestHeaderName(chars.Lower(from.Name.Value))
		all = append(all, headerCondition{name: name, value: from.Value, test: from.Test})
	}
	return all
}

// Asks are the facts that Find looks at for a reply with this status and these details, and that cost a host call each.
func (rules Rules) Asks(status int, details string) facts.Fields {
	var asked facts.Fields
	if len(rules) == 0 {
		return 0
	}
	upstream := isUpstream(details)
	details = printed(details)
	for i := range rules {
		if r := &rules[i]; r.asks != 0 && r.mayMatch(status, details, upstream) {
			asked |= r.asks
		}
	}
	return asked
}

// RequestHeaders names the request headers that the rules look at, in lower case. A name can occur more than once.
func (rules Rules) RequestHeaders() []string {
	var names []string
	for i := range rules {
		for _, c := range rules[i].requestHeaders {
			names = append(names, c.name)
		}
	}
	return names
}

// Redirects reports whether a rule names redirects: statuses from 300 to 399.
func (rules Rules) Redirects() bool {
	for i := range rules {
		for _, s := range rules[i].statuses {
			if s.Low < facts.FirstError {
				return true
			}
		}
	}
	return false
}

// MayFind reports whether Find can name a reply with this status and these details, whatever else is known of it.
func (rules Rules) MayFind(status int, details string) bool {
	if len(rules) == 0 {
		return false
	}
	upstream := isUpstream(details)
	details = printed(details)
	for i := range rules {
		if rules[i].mayMatch(status, details, upstream) {
			return true
		}
	}
	return false
}

// mayMatch reports whether a rule can match a reply with this status and these details, as access logs print them.
func (r *rule) mayMatch(status int, details string, upstream bool) bool {
	return r.isFor(upstream) && r.hasStatus(status) && matchesAny(r.details, details)
}

// Find names the reply by the first rule that matches; false when none does. It allocates nothing, unless the details
// have white space.
func (rules Rules) Find(f *facts.Facts, dialect Dialect) (Result, bool) {
	if len(rules) == 0 {
		return Result{}, false
	}
	details, upstream := printed(f.Reply.Details), IsUpstream(&f.Reply)
	for i := range rules {
		if rules[i].failing(f, details, upstream) == "" {
			result := rules[i].result
			result.Broader = broader(result.Type, dialect)
			return result, true
		}
	}
	return Result{}, false
}
