// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

func TestSendAnew(t *testing.T) {
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
  log debug: gwr: THROTTLED 429 -> 503 by DEFAULT_4XX
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
  log debug: gwr: THROTTLED 429 -> 503 by DEFAULT_4XX
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
  log debug: gwr: THROTTLED 429 -> 429 by DEFAULT_4XX
  add 1 to gateway_responses.doubled.header
  log warn: gwr: header "x-frame-options" was sent double: the reply had no body and was sent anew, and the route's response_headers_to_add, or local_reply_config, was applied to it again; add "headerOnly": {"addedByRoutes": ["x-frame-options"]} to the document, or add a local_reply_config mapper that gives such replies a body (see envoy.yaml), so that their headers are changed in place
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
	for i := range 2 * maxNamedHeaders {
		name := "x-" + strconv.Itoa(i)
		p.logDoubled(name, "")
		p.logDoubled(name, "")
	}
	if got := len(host.trace); got != maxNamedHeaders {
		t.Errorf("lines about %d names, twice each = %d, want %d", 2*maxNamedHeaders, got, maxNamedHeaders)
	}
}

func TestNewHeaders(t *testing.T) {
	changes := engine.HeaderChanges{
		Set:    headerLines("content-type: a/b\nvary: accept\nset-cookie: c=3\nset-cookie: d=4"),
		Remove: []string{"etag"},
	}
	old := headerLines(`:status: 429
connection: close
content-length: 0
content-type: text/plain
date: now
keep-alive: timeout=5
proxy-connection: close
server: envoy
te: trailers
trailer: x
transfer-encoding: chunked
upgrade: h2c
etag: x
www-authenticate: Basic
www-authenticate: Bearer
vary: origin
set-cookie: a=1`)
	want := headerLines(`www-authenticate: Basic
www-authenticate: Bearer
content-type: a/b
vary: accept
set-cookie: c=3
set-cookie: d=4`)
	if diff := cmp.Diff(want, newHeaders(old, changes, nil)); diff != "" {
		t.Errorf("headers of the new reply (-want +got):\n%s", diff)
	}
}

func TestDoubled(t *testing.T) {
	tests := []struct {
		name      string
		sent, got facts.Headers
		want      []string
	}{
		{
			name: "nothing", sent: headerLines("x-a: 1\nx-a: 1\nx-b: 2"), got: headerLines(":status: 429\nx-b: 2\nx-a: 1\nx-a: 1\ndate: now"),
		},
		{
			name: "a line more before", sent: headerLines("x-a: 1"), got: headerLines("x-a: 1\nx-a: 1"), want: []string{"x-a"},
		},
		{
			name: "a line more behind", sent: headerLines("x-a: 1\nx-a: 2"), got: headerLines("x-a: 1\nx-a: 2\nx-a: 2"), want: []string{"x-a"},
		},
		{
			name: "joined in one line",
			sent: headerLines("access-control-allow-origin: https://a"),
			got:  headerLines("access-control-allow-origin: https://a,https://a"),
			want: []string{"access-control-allow-origin"},
		},
		{
			name: "Envoy adds itself", sent: headerLines("via: 1.1 a\nproxy-status: a"), got: headerLines("via: 1.1 a, envoy\nproxy-status: a, envoy"),
		},
		{
			name: "replaced by Envoy", sent: headerLines("x-a: 1"), got: headerLines("x-a: 2"),
		},
		{
			name: "removed by Envoy", sent: headerLines("x-a: 1"), got: nil,
		},
		{
			name: "several names in order", sent: headerLines("x-b: 1\nx-a: 1"), got: headerLines("x-a: 1\nx-b: 1\nx-b: 1\nx-a: 1"), want: []string{"x-b", "x-a"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, doubled(test.sent, test.got)); diff != "" {
				t.Errorf("doubled(%v, %v) (-want +got):\n%s", test.sent, test.got, diff)
			}
		})
	}
}
