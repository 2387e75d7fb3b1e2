// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// isFor reports whether the rule is for replies of the upstream, or for those of Envoy. No filter sends the upstream's.
func (r *rule) isFor(upstream bool) bool {
	return r.source.Has(upstream) && (!upstream || r.filters == nil)
}

// failing is the first condition that does not hold, "" when all do. details are as access logs print them.
func (r *rule) failing(f *facts.Facts, details string, upstream bool) Condition {
	switch {
	case !r.isFor(upstream):
		return OnSource
	case !matchesAny(r.details, details):
		return OnDetails
	case !matchesAny(r.filters, f.Reply.Owner):
		return OnFilter
	case r.flags != 0 && !f.Reply.Flags.Has(r.flags):
		return OnFlags
	case !r.hasStatus(f.Reply.Status):
		return OnStatus
	case !r.hasGRPCStatus(f.Reply.Headers):
		return OnGRPCStatus
	case !holdForRequest(r.requestHeaders, f.Request.Headers):
		return OnRequestHeaders
	case !holdForReply(r.responseHeaders, f.Reply.Headers):
		return OnResponseHeaders
	}
	return ""
}

// hasStatus reports whether the rule is for a status. One that names no statuses is for errors, not for redirects.
func (r *rule) hasStatus(status int) bool {
	for _, s := range r.statuses {
		if s.Low <= status && status <= s.High {
			return true
		}
	}
	return r.statuses == nil && status >= facts.FirstError
}

// hasGRPCStatus reports whether the rule is for the gRPC status of a reply. A reply without the header has none.
func (r *rule) hasGRPCStatus(headers facts.Headers) bool {
	if r.grpcStatuses == nil {
		return true
	}
	number, found := headers.First("grpc-status")
	return found && slices.Contains(r.grpcStatuses, config.ParseGRPCStatus(number))
}

// matchesAny reports whether one of the globs matches; no globs match everything.
func matchesAny(globs []glob.Pattern, text string) bool {
	for i := range globs {
		if globs[i].Match(text) {
			return true
		}
	}
	return globs == nil
}

// holdForRequest reports whether all conditions hold for the first line of each header: the only one that is captured.
func holdForRequest(conditions []headerCondition, headers facts.Headers) bool {
	for _, c := range conditions {
		value, found := headers.First(c.name)
		if !c.holds(value, found) {
			return false
		}
	}
	return true
}

// holdForReply reports whether all conditions hold, each for one line of its header.
func holdForReply(conditions []headerCondition, headers facts.Headers) bool {
	for _, c := range conditions {
		if !c.holdsForLine(headers) {
			return false
		}
	}
	return true
}

// holdsForLine reports whether the condition holds for one line of its header.
func (c headerCondition) holdsForLine(headers facts.Headers) bool {
	found := false
	for _, line := range headers {
		if line.Name != c.name {
			continue
		}
		found = true
		if c.holds(line.Value, true) {
			return true
		}
	}
	return !found && c.holds("", false)
}

// holds reports whether the condition holds for a line, or for there being none.
func (c headerCondition) holds(value string, found bool) bool {
	switch c.test {
	case config.HeaderAbsent:
		return !found
	case config.HeaderEquals:
		return found && value == c.value
	case config.HeaderGlob:
		return found && glob.Match(c.value, value)
	default:
		return found
	}
}
