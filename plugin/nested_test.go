// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"strings"
	"testing"
)

func TestNested(t *testing.T) {
	withSpace := map[string]string{"response.code_details": "reset: connection timeout"}
	runAll(t, []exchange{
		{
			name:       "under the details of the original, as they are",
			decide:     replaceBy(jsonReply(503, "{}")),
			properties: withSpace,
			reply:      "429\nx-ratelimit-limit: 1",
			want: decided + `  send 503 "reset: connection timeout" "{}" [x-ratelimit-limit: 1] [content-type: application/json]` + told + `
  -> pause
log
  get headers
  add 1 to gateway_responses.THROTTLED.503
client
  :status: 503
  x-ratelimit-limit: 1
  content-type: application/json
  "{}"`,
		},
		{
			name:        "headers that cannot be read again in on_log",
			decide:      replaceBy(jsonReply(503, "{}")),
			properties:  localReply,
			reply:       "429",
			refuseInLog: []string{"get headers"},
			want: decided + `  send 503 "local_rate_limited" "{}" [content-type: application/json]` + told + `
  -> pause
log
  get headers !
  log warn: gateway responses: Envoy refused a call: refused
  add 1 to gateway_responses.THROTTLED.503
client
  :status: 503
  content-type: application/json
  "{}"`,
		},
		{
			name:       "a header that the route adds again is counted and named",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: localReply,
			reply:      "429\nx-frame-options: deny\nx-a: 1",
			byRoute:    "x-frame-options: deny",
			want: decided + `  send 429 "local_rate_limited" "{}" [x-frame-options: deny] [x-a: 1] [content-type: application/json]` + told + `
  -> pause
log
  get headers
  add 1 to gateway_responses.THROTTLED.429
  add 1 to gateway_responses.doubled.header
  log warn: gwr: header "x-frame-options" was sent double: the reply had no body, so a nested one took its place, and the route's response_headers_to_add, or local_reply_config, was applied to it again; add "headerOnly": {"addedByRoutes": ["x-frame-options"]} to the document, or add a local_reply_config mapper for response.code_details == "local_rate_limited" that gives such replies a body and the header x-gateway-response-body, where none has a body of its own (see docs/limits.md), so that their headers are changed in place
client
  :status: 429
  x-frame-options: deny
  x-frame-options: deny
  x-a: 1
  content-type: application/json
  "{}"`,
		},
	})
}

// TestDoubledHeadersAreNamedOnce holds that the log names each header once, and not without end.
func TestDoubledHeadersAreNamedOnce(t *testing.T) {
	host := &fakeHost{}
	p := &plugin{vm: newVM(host, nil, ""), name: "gwr"}
	for i := range 2 * maxNamed {
		name := "x-" + strconv.Itoa(i)
		p.logLost(name)
		p.logLost(name)
	}
	if got := len(host.trace); got != maxNamed {
		t.Errorf("lines about %d names, twice each = %d, want %d", 2*maxNamed, got, maxNamed)
	}
}

// TestNestedClosesConnection holds that the log says once why Envoy closes connections, and names the mapper that helps.
func TestNestedClosesConnection(t *testing.T) {
	for status, want := range map[int]int{400: 1, 422: 0} {
		e := exchange{decide: replaceBy(jsonReply(status, "{}")), properties: localReply, reply: "429"}
		host, _, f := e.start()
		for range 2 {
			host.response = headerLines(":status: 429")
			f.ContextCreate(streamID, pluginID)
			f.ResponseHeaders(streamID, true)
			f.Log(streamID)
			f.Delete(streamID)
		}
		const line = `log warn: gwr: a reply without a body became a nested 400, after which Envoy closes HTTP/1 connections; ` +
			`another "statusCode" or a local_reply_config mapper for response.code_details == "local_rate_limited" that gives such ` +
			`replies a body and the header x-gateway-response-body, where none has a body of its own (see docs/limits.md) keeps them open`
		if got := strings.Count(strings.Join(host.trace, "\n"), line); got != want {
			t.Errorf("status %d: %d lines, want %d:\n%s", status, got, want, strings.Join(host.trace, "\n"))
		}
	}
}
