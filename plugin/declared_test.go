// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/wasmhost"
)

// stripped is a decision to leave a reply but for two headers.
var stripped = engine.Decision{
	Trace:   engine.Trace{Class: classOf(config.AccessDenied), Left: engine.LeftNoEntry, UnknownType: true},
	Headers: engine.HeaderChanges{Remove: []string{"x-type", "x-type-message"}},
}

func TestStrip(t *testing.T) {
	runAll(t, []exchange{
		{
			name:       "headers for the filter are removed from a reply that is left",
			decide:     stripped,
			properties: localReply,
			reply:      "403\nx-type: NONE\nx-type-message: a\nx-other: b", chunks: []string{"no"},
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
  add 1 to gateway_responses.declared.unknown
  set headers [:status: 403] [x-other: b]
  add 1 to gateway_responses.left.noEntry
response body
log
client
  :status: 403
  x-other: b
  "no"`,
		},
		{
			name:       "headers that Envoy does not remove stay, and the refusal is counted",
			decide:     stripped,
			properties: localReply,
			refuse:     []string{"set headers"},
			reply:      "403\nx-type: NONE\nx-type-message: a",
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
  add 1 to gateway_responses.declared.unknown
  set headers [:status: 403] !
  define counter gateway_responses.left.hostError
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: refused
log
client
  :status: 403
  x-type: NONE
  x-type-message: a
  ""`,
		},
	})
}

// TestWasmRulesOnGoodTraffic holds what rules cost a good reply: a look-up for each request header that they name.
func TestWasmRulesOnGoodTraffic(t *testing.T) {
	for _, tc := range []struct {
		name, when string
		want       []string
	}{
		{"no request header", `{"details": ["a*"], "responseHeaders": [{"name": "b", "present": true}]}`, []string{"proxy_get_header_map_value"}},
		{
			"one request header", `{"requestHeaders": [{"name": "a", "present": true}, {"name": "A", "glob": "b*"}]}`,
			[]string{"proxy_get_header_map_value", "proxy_get_header_map_value"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			host := newHost(t, wasmhost.Options{}, `{"classification": [{"when": `+tc.when+`, "leave": true}], "declared": {"header": "x-type"}}`)
			outcome := host.Do(good())
			wantHealthy(t, outcome)
			var calls []string
			for _, call := range outcome.Calls {
				calls = append(calls, call.Name)
			}
			if diff := cmp.Diff(tc.want, calls); diff != "" {
				t.Errorf("host calls for a good reply (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWasmRuleCounters holds that what rules and producers do can be seen in the counters.
func TestWasmRuleCounters(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{
		"classification": [{"when": {"requestHeaders": [{"name": "x-plain", "present": true}]}, "leave": true}],
		"declared": {"header": "x-type"}, "gatewayResponses": {"DEFAULT_4XX": {}}}`)
	x := denied()
	wantHealthy(t, host.Do(x))
	x.Facts.Reply.Headers = headerLines("x-type: WAF_FILTERED")
	wantHealthy(t, host.Do(x))
	x.Facts.Reply.Headers = headerLines("x-type: WAF")
	wantHealthy(t, host.Do(x))
	x.Facts.Request.Headers = append(x.Facts.Request.Headers, headerLines("x-plain: 1")...)
	wantHealthy(t, host.Do(x))
	for name, want := range map[string]int{
		"ACCESS_DENIED.403": 2, "WAF_FILTERED.403": 1, "declared.unknown": 1, "left.rule": 1, "unclassified": 0,
	} {
		if got := int(host.Metric("gateway_responses." + name)); got != want {
			t.Errorf("%s = %d, want %d", name, got, want)
		}
	}
}

// good is an exchange that ends well.
func good() wasmhost.Exchange {
	x := denied()
	x.Upstream = true
	x.Facts.Reply.Status, x.Facts.Reply.Details, x.Facts.Reply.Owner = 200, "via_upstream", ""
	return x
}
