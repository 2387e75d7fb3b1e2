// SPDX-License-Identifier: Apache-2.0

// Package manylines makes access logs of many lines, in the format of envoy.yaml: for tests and measurements of what reading one
// costs.
package manylines

import (
	"fmt"
	"io"
)

// kinds are lines of a log, with a number to tell one request from the next. As in the log of a gateway, most are good.
var kinds = func() (lines []string) {
	const format = `{"authority":"api.example.com","bytes_sent":%d,"downstream_remote_address":"10.0.0.7:46638","envoy_gateway_resources":null,` +
		`"gateway_response_entry":%s,"gateway_response_original_status":%s,"gateway_response_type":%s,"grpc_status":null,"method":"GET","path":"/pets/%%d",` +
		`"protocol":"HTTP/2","reply_owner":%s,"request_headers":{"accept":%s,"access-control-request-method":null,"content-type":null,"origin":null,` +
		`"upgrade":null},"request_id":"3057b249-4714-44a2-84cc-%%012d","response_code":%d,"response_code_details":"%s","response_flags":"%s",` +
		`"route_metadata":null,"route_name":"pets","scheme":"https","start_time":"2026-11-28T05:27:08.936Z","upstream_cluster":"pets","upstream_host":"10.1.2.3:8080",` +
		`"virtual_host":"shop","virtual_host_metadata":null}` + "\n"
	for _, k := range []struct {
		count                              int
		entry, original, of, owner, accept string
		bytes, status                      int
		details, flags                     string
	}{
		{180, "null", "null", "null", "null", `"*/*"`, 1234, 200, "via_upstream", "-"},
		{5, "null", "null", "null", "null", `"*/*"`, 20, 500, "via_upstream", "-"},
		{6, `"THROTTLED"`, `"429"`, `"THROTTLED"`, `"envoy.filters.http.local_ratelimit"`, `"application/json"`, 31, 429, "local_rate_limited", "RL"},
		{4, `"built-in"`, `"503"`, `"INTEGRATION_FAILURE"`, `"envoy.filters.http.router"`, `"text/html,*/*;q=0.5"`, 60, 504, "upstream_reset_before_response_started{connection_termination}", "UC"},
		{3, "null", "null", "null", `"envoy.filters.http.rbac"`, "null", 19, 403, "rbac_access_denied_matched_policy[none]", "-"},
		{2, "null", "null", "null", "null", "null", 0, 503, "something_new", "UF"},
	} {
		line := fmt.Sprintf(format, k.bytes, k.entry, k.original, k.of, k.owner, k.accept, k.status, k.details, k.flags)
		for range k.count {
			lines = append(lines, line)
		}
	}
	return lines
}()

// Log is a log of n lines, made as it is read: of 200 lines 180 are about good requests, 5 about errors of the upstream, and 15 about
// errors of Envoy.
func Log(n int) io.Reader { return &generated{n: n} }

// generated makes lines of a log.
type generated struct {
	n, i int
	rest []byte
}

// Read implements io.Reader.
func (g *generated) Read(p []byte) (int, error) {
	for len(g.rest) < len(p) && g.i < g.n {
		// 7 has no divisor with the number of kinds in common, so all of them come, well mixed.
		g.rest = fmt.Appendf(g.rest, kinds[g.i*7%len(kinds)], g.i, g.i)
		g.i++
	}
	if len(g.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, g.rest)
	g.rest = g.rest[:copy(g.rest, g.rest[n:])]
	return n, nil
}
