// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/finding"
)

// checkLocalReply looks at local_reply_config. Envoy applies it to each local reply before the filters see it, and once more to the
// nested replies by which the filter gives a body to one that has none.
func (x *examiner) checkLocalReply(m *manager) {
	config := m.config.get("local_reply_config")
	nests := m.nests()
	if format := config.get("body_format"); hasMembers(format) && !nests {
		x.report(code.LocalReplyFormat, finding.Error, format,
			"body_format is for every local reply, also for those that somebody wrote on purpose; use mappers with body_format_override, one for each details")
	} else if hasMembers(format) {
		x.report(code.LocalReplyFormat, finding.Error, format,
			"body_format is for every local reply: also for those that somebody wrote on purpose, and a second time around what the filter writes; use mappers with body_format_override, one for each details")
	}
	i := 0
	for mapper := range config.get("mappers").each() {
		i++
		x.checkCompanion(mapper, i)
		if nests && !byDetails(mapper.get("filter"), 0) {
			x.report(code.LocalReplyMapper, finding.Warning, mapper,
				"mapper %d asks for no details, so that it can match what the filter writes and change it again; ask for them by the CEL extension filter, response.code_details == \"...\"", i)
		}
	}
}

// nests reports whether the filter sends nested replies: the dynamic module gives a body to a reply in place.
func (m *manager) nests() bool {
	return slices.ContainsFunc(m.ours(), func(i int) bool { return m.filters[i].plugin.adapter == ability.Wasm })
}

// literal is a string in an expression of CEL.
var literal = regexp.MustCompile(`"([^"\\]*)"|'([^'\\]*)'`)

// checkCompanion looks at the body that a mapper gives. The filter leaves some replies that have one, for somebody wrote it: these need
// a header that says who did.
func (x *examiner) checkCompanion(mapper node, i int) {
	if !mapper.get("body_format_override").Exists() && !mapper.get("body").Exists() {
		return
	}
	for header := range mapper.get("headers_to_add").each() {
		if strings.EqualFold(header.get("header", "key").text(), engine.CompanionHeader) {
			return
		}
	}
	_, cel := unwrap(mapper.get("filter", "extension_filter", "typed_config"))
	for _, found := range literal.FindAllStringSubmatch(cel.get("expression").text(), -1) {
		details := found[1] + found[2]
		reply := facts.Reply{Status: http.StatusForbidden, Details: details}
		without := classify.Classify(&reply, classify.Envoy)
		reply.HasBody = true
		if with := classify.Classify(&reply, classify.Envoy); with.Deliberate && !without.Deliberate {
			x.report(code.LocalReplyMapper, finding.Warning, mapper,
				"mapper %d gives a body to %s, which passes for one that the service wrote, so that the filter leaves the reply; add headers_to_add: [{header: {key: %s, value: companion}}]",
				i, details, engine.CompanionHeader)
			return
		}
	}
}

// hasMembers reports whether an object has members.
func hasMembers(n node) bool {
	for range n.members() {
		return true
	}
	return false
}

// maxFilters is how deep the filters of a mapper may stand in each other.
const maxFilters = 32

// byDetails reports whether an AccessLogFilter lets only replies with certain details through.
func byDetails(f node, depth int) bool {
	if depth > maxFilters {
		return false
	}
	for child := range f.get("and_filter", "filters").each() {
		if byDetails(child, depth+1) {
			return true
		}
	}
	some := false
	for child := range f.get("or_filter", "filters").each() {
		if !byDetails(child, depth+1) {
			return false
		}
		some = true
	}
	_, cel := unwrap(f.get("extension_filter", "typed_config"))
	return some || strings.Contains(cel.get("expression").text(), "response.code_details")
}
