// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// checkLocalReply looks at local_reply_config. Envoy applies it to each local reply before the filters see it, and once more to the
// nested replies by which the filter gives a body to one that has none.
func (x *examiner) checkLocalReply(m *manager) {
	config := m.config.get("local_reply_config")
	if format := config.get("body_format"); hasMembers(format) {
		x.report(code.LocalReplyFormat, finding.Error, format,
			"body_format is for every local reply: also for those that somebody wrote on purpose, and a second time around what the filter writes; use mappers with body_format_override, one for each details")
	}
	i := 0
	for mapper := range config.get("mappers").each() {
		i++
		if !byDetails(mapper.get("filter"), 0) {
			x.report(code.LocalReplyMapper, finding.Warning, mapper,
				"mapper %d asks for no details, so that it can match what the filter writes and change it again; ask for them by the CEL extension filter, response.code_details == \"...\"", i)
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
