// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"testing"
	"time"

	"gatewayresponses/internal/wasmhost"
)

// routed is a document with one entry of routes, which metadata names.
const routed = `{"gatewayResponses": {"ACCESS_DENIED": {}}, "routes": [
	{"name": "partner", "gatewayResponses": {"ACCESS_DENIED": {"statusCode": "404"}}}]}`

// TestWasmUnknownRoute has metadata name an entry that the document has not: it is counted, logged once, and else as if
// there were no name.
func TestWasmUnknownRoute(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, routed)
	for _, tc := range []struct {
		name    string
		status  int
		unknown int
	}{{"partner", 404, 0}, {"", 403, 0}, {"stranger", 403, 1}, {"stranger", 403, 2}} {
		x := denied()
		x.Facts.Route.DocumentRoute = tc.name
		outcome := host.Do(x)
		wantHealthy(t, outcome)
		if outcome.Status != tc.status {
			t.Errorf("entry %q: status %d, want %d", tc.name, outcome.Status, tc.status)
		}
		if got := int(host.Metric("gateway_responses.route.unknown")); got != tc.unknown {
			t.Errorf("entry %q: route.unknown = %d, want %d", tc.name, got, tc.unknown)
		}
	}
	if got := countLogs(host, `"stranger"`); got != 1 {
		t.Errorf("the log names the entry %d times, want once", got)
	}
}

// TestWasmClock holds that the filter reads the clock: a line about the same thing comes again when time has passed.
func TestWasmClock(t *testing.T) {
	clock := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC).UnixNano()
	host := newHost(t, wasmhost.Options{Clock: func() int64 { return clock }}, routed)
	for i, want := range []int{1, 1, 2} {
		x := denied()
		x.Facts.Route.DocumentRoute = "stranger"
		wantHealthy(t, host.Do(x))
		if got := countLogs(host, `"stranger"`); got != want {
			t.Errorf("%d: the log names the entry %d times, want %d", i, got, want)
		}
		clock += quietPeriod * 2 / 3
	}
}

// TestWasmRouteOff holds that a reply under a route whose mode is off is counted as that, and not taken for one that
// nobody knows: it was not classified.
func TestWasmRouteOff(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{"gatewayResponses": {"ACCESS_DENIED": {}}, "routes": [{"name": "all", "match": {}, "mode": "off"}]}`)
	wantHealthy(t, host.Do(denied()))
	for name, want := range map[string]int{"left.off": 1, "unclassified": 0} {
		if got := int(host.Metric("gateway_responses." + name)); got != want {
			t.Errorf("%s = %d, want %d", name, got, want)
		}
	}
	if got := countLogs(host, "unknown response code details"); got != 0 {
		t.Errorf("the log has %d lines on unknown details, want none", got)
	}
}

// TestWasmRoutesCost holds that good traffic pays for conditions only what they need of the request, and that an error
// pays for metadata two calls, whatever the document makes of it.
func TestWasmRoutesCost(t *testing.T) {
	const byHost = `{"routes": [{"name": "a", "match": {"hosts": ["a"]}}]}`
	for _, tc := range []struct {
		name, document string
		good           []string
		properties     int
	}{
		{"no routes", `{"gatewayResponses": {"ACCESS_DENIED": {}}}`, []string{"proxy_get_header_map_value"}, 3},
		{"reached by metadata only", routed, []string{"proxy_get_header_map_value"}, 3},
		{"route documents", holding, []string{"proxy_get_header_map_pairs", "proxy_get_header_map_value"}, 3},
		{"by host", byHost, []string{"proxy_get_header_map_value", "proxy_get_header_map_value"}, 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			host := newHost(t, wasmhost.Options{}, tc.document)
			good := denied()
			good.Upstream, good.Facts.Reply.Status, good.Facts.Reply.Details = true, 200, "via_upstream"
			var calls []string
			for _, call := range host.Do(good).Calls {
				calls = append(calls, call.Name)
			}
			if !slices.Equal(calls, tc.good) {
				t.Errorf("calls for a good reply: %q, want %q", calls, tc.good)
			}
			properties := 0
			for _, call := range host.Do(denied()).Calls {
				if call.Name == "proxy_get_property" {
					properties++
				}
			}
			if properties != tc.properties {
				t.Errorf("%d properties are read for an error, want %d", properties, tc.properties)
			}
		})
	}
}
