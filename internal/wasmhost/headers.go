// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"slices"
	"strings"

	"gatewayresponses/internal/facts"
)

// headerMap is a header map of Envoy. Names are in lower case and pseudo-headers come first. Source: envoy
// common/http/header_map_impl.cc.
type headerMap struct {
	lines facts.Headers
	// inline are the names that have one line at most.
	inline map[string]bool
}

// inlineResponse are the names that Envoy keeps inline in a response. Source: envoy/http/header_map.h,
// INLINE_RESP_HEADERS, INLINE_REQ_RESP_HEADERS, INLINE_RESP_HEADERS_TRAILERS, and what the filters cors, compressor and
// cache register.
var inlineResponse = nameSet(`
	:status date location server grpc-status grpc-message x-envoy-degraded x-envoy-immediate-health-check-fail
	x-envoy-ratelimited x-envoy-upstream-canary x-envoy-upstream-healthchecked-cluster x-envoy-upstream-service-time
	connection content-length content-type keep-alive proxy-connection proxy-status transfer-encoding upgrade via
	x-envoy-attempt-count x-envoy-decorator-operation x-request-id
	access-control-allow-origin access-control-allow-credentials access-control-allow-methods
	access-control-allow-headers access-control-expose-headers access-control-max-age
	cache-control content-encoding etag vary last-modified`)

func nameSet(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// newRequestMap copies lines as they are.
func newRequestMap(lines facts.Headers) *headerMap { return &headerMap{lines: lowered(lines)} }

// newResponseMap copies lines as they are.
func newResponseMap(lines facts.Headers) *headerMap {
	return &headerMap{lines: lowered(lines), inline: inlineResponse}
}

// lowered copies lines with names in lower case.
func lowered(lines facts.Headers) facts.Headers {
	lines = slices.Clone(lines)
	for i := range lines {
		lines[i].Name = strings.ToLower(lines[i].Name)
	}
	return lines
}

// get returns the first value.
func (m *headerMap) get(name string) (string, bool) { return m.lines.First(strings.ToLower(name)) }

// add is addCopy: a further line, or with an inline name a further element of the one line.
func (m *headerMap) add(name, value string) {
	name = strings.ToLower(name)
	at := m.index(name)
	if !m.inline[name] || at < 0 {
		m.insert(name, value)
		return
	}
	if old := &m.lines[at].Value; *old != "" && value != "" {
		*old += ","
	}
	m.lines[at].Value += value
}

// replace is setCopy: all lines go, one comes at the end.
func (m *headerMap) replace(name, value string) {
	m.remove(name)
	m.insert(strings.ToLower(name), value)
}

// set changes the line of an inline name where it stands, as Envoy's own code does.
func (m *headerMap) set(name, value string) {
	if at := m.index(name); at >= 0 {
		m.lines[at].Value = value
		return
	}
	m.insert(name, value)
}

// remove takes all lines away.
func (m *headerMap) remove(name string) {
	name = strings.ToLower(name)
	m.lines = slices.DeleteFunc(m.lines, func(line facts.Header) bool { return line.Name == name })
}

// insert adds a line, behind the last pseudo-header when it is one itself.
func (m *headerMap) insert(name, value string) {
	at := len(m.lines)
	if strings.HasPrefix(name, ":") {
		at = slices.IndexFunc(m.lines, func(line facts.Header) bool { return !strings.HasPrefix(line.Name, ":") })
		if at < 0 {
			at = len(m.lines)
		}
	}
	m.lines = slices.Insert(m.lines, at, facts.Header{Name: name, Value: value})
}

func (m *headerMap) index(name string) int {
	return slices.IndexFunc(m.lines, func(line facts.Header) bool { return line.Name == name })
}

// size is the sum of the lengths of names and values.
func (m *headerMap) size() int {
	n := 0
	for _, line := range m.lines {
		n += len(line.Name) + len(line.Value)
	}
	return n
}
