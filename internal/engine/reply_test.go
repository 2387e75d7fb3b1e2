// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
)

// TestTooLarge holds that a reply above 1 MiB is left as it is, and one that just fits is not.
func TestTooLarge(t *testing.T) {
	const half = maxReply / 2
	local := facts.Reply{Status: 429, Details: "local_rate_limited", HasBody: true, Headers: facts.Headers{{Name: CompanionHeader, Value: "companion"}}}
	for _, tc := range []struct {
		name, entry, agent string
		want               Left
	}{
		{"a body that fits", `"responseTemplates":{"text/plain":"$context.identity.userAgent$context.identity.userAgent"}`, strings.Repeat("a", half), ""},
		{"a body above", `"responseTemplates":{"text/plain":"$context.identity.userAgent$context.identity.userAgent."}`, strings.Repeat("a", half), LeftTooLarge},
		{"what escaping makes of it", `"responseTemplates":{"application/json":"\"$context.identity.userAgent\""}`, strings.Repeat("\x01", half), LeftTooLarge},
		{"quotes that fit", `"responseTemplates":{"text/plain":"` + strings.Repeat("$context.envoy.body", 64) + `"}`, "", ""},
		{"quotes above", `"responseTemplates":{"text/plain":"` + strings.Repeat("$context.envoy.body", 65) + `"}`, "", LeftTooLarge},
		{"headers that fit", manyHeaders(100), strings.Repeat("a", 8000), ""},
		{"headers above", manyHeaders(200), strings.Repeat("a", 8000), LeftTooLarge},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program := load(t, `{"cors":{"allowOrigins":["*"]},"gatewayResponses":{"THROTTLED":{"statusCode":200,`+tc.entry+`}}}`)
			f := &facts.Facts{
				Request: facts.Request{Headers: facts.Headers{{Name: "user-agent", Value: tc.agent}, {Name: ":method", Value: "CONNECT"}}},
				Reply:   local,
			}
			decision := program.Decide(f)
			if decision.Trace.Left != tc.want || (decision.Reply == nil) != (tc.want != "") {
				t.Fatalf("left because of %q, want %q", decision.Trace.Left, tc.want)
			}
			if tc.want == "" {
				return
			}
			// All that becomes of it is that what was meant for the filter goes.
			if trace := decision.Trace; trace.KeptStatus || trace.Dropped != nil || decision.Headers.Set != nil || len(decision.Headers.Remove) != 1 {
				t.Errorf("trace %+v, headers %+v", trace, decision.Headers)
			}
		})
	}
}

// manyHeaders is an entry that gives n headers the name of the client.
func manyHeaders(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = `"gatewayresponse.header.x-` + strings.Repeat("a", i+1) + `":"context.identity.userAgent"`
	}
	return `"responseParameters":{` + strings.Join(names, ",") + `}`
}

// TestQuoteIsBounded holds that a body around an original one gets no longer than was counted, but for what is escaped.
func TestQuoteIsBounded(t *testing.T) {
	program := load(t, `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"application/json":"[`+
		strings.TrimSuffix(strings.Repeat("$context.envoy.body,", 60), ",")+`]"}}}}`)
	reply := program.Decide(&facts.Facts{Reply: facts.Reply{Status: 429, Details: "local_rate_limited", HasBody: true}}).Reply
	reply.Complete([]byte(strings.Repeat("\x01", facts.MaxBody)))
	if got, limit := len(reply.Body), len(`\u0001`)*maxReply; got > limit || got < maxReply {
		t.Errorf("the body has %d bytes, want more than %d and at most %d", got, maxReply, limit)
	}
}

// TestTunnelNeeds holds that only documents that could open a tunnel look for requests for one.
func TestTunnelNeeds(t *testing.T) {
	tunnel := []string{":method", "upgrade"}
	for document, want := range map[string][]string{
		`{"gatewayResponses":{"THROTTLED":{"statusCode":302}}}`:                                      nil,
		`{"gatewayResponses":{"THROTTLED":{"statusCode":204}}}`:                                      tunnel,
		`{"gatewayResponses":{"THROTTLED":{"statusCode":299}},"mode":"observe"}`:                     nil,
		`{"routes":[{"name":"a","gatewayResponses":{"THROTTLED":{"statusCode":200}}}]}`:              tunnel,
		`{"routes":[{"name":"a","mode":"off","gatewayResponses":{"THROTTLED":{"statusCode":200}}}]}`: nil,
	} {
		got := load(t, document).Needs().RequestHeaders
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: request headers %q, want %q", document, got, want)
		}
	}
}
