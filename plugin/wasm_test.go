// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/wasmhost"
)

// wasmPath is the built filter, which the tests in this file and its neighbours run under wazero.
const wasmPath = "../dist/plugin.wasm"

// compiled is the filter, compiled when the first test asks for it.
var compiled = sync.OnceValues(func() (*wasmhost.Module, error) {
	wasm, err := os.ReadFile(wasmPath)
	if err != nil {
		return nil, err
	}
	return wasmhost.Compile(ctx, wasm)
})

// module is the compiled filter; all tests share it. The test fails, and never skips, when the filter is not built.
func module(t testing.TB) *wasmhost.Module {
	t.Helper()
	m, err := compiled()
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	return m
}

// TestWasmCorpus runs every case of the corpus through the compiled filter.
func TestWasmCorpus(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			host := newHost(t, wasmhost.Options{}, string(c.Document))
			outcome := host.Do(exchangeOf(c))
			if diff := c.Want.Diff(outcome.Status, outcome.Headers, outcome.Body, !c.Head()); diff != "" {
				t.Errorf("%s\n%s", diff, outcome.Trace())
			}
			if diff := traceOf(c).Diff(stateOf(outcome)); diff != "" {
				t.Errorf("filter state: %s", diff)
			}
			if state := stateOf(outcome); state.Type != "" && c.Trace.Left == "" && !countsType(host, state.Type) {
				t.Errorf("no counter of %s moved: %v", state.Type, host.Metrics())
			}
			wantHealthy(t, outcome)
			if want := strings.ReplaceAll(c.Facts.Reply.Details, " ", "_"); outcome.Details != want {
				t.Errorf("details %q in the access log, want %q", outcome.Details, want)
			}
		})
	}
}

// newHost returns a host in an Envoy of its own, configured with a document.
func newHost(t testing.TB, options wasmhost.Options, document string) *wasmhost.Host {
	t.Helper()
	host := module(t).NewHost(options)
	t.Cleanup(func() {
		if err := host.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := host.Configure([]byte(document)); err != nil {
		t.Fatal(err)
	}
	return host
}

// exchangeOf is what a case describes.
func exchangeOf(c cases.Case) wasmhost.Exchange {
	return wasmhost.Exchange{Facts: c.Facts, Code: c.Code, Upstream: c.Facts.Reply.Details == "via_upstream"}
}

// traceOf is the part of a case's trace that filter state tells.
func traceOf(c cases.Case) cases.Trace {
	if (c.Want.Untouched || c.Trace.Left != "") && c.Trace.Left != "observe" {
		return cases.Trace{}
	}
	return cases.Trace{Type: c.Trace.Type, Entry: c.Trace.Entry}
}

// countsType reports whether a reply was counted as one of a type.
func countsType(host *wasmhost.Host, name string) bool {
	for counter, value := range host.Metrics() {
		if strings.HasPrefix(counter, "gateway_responses."+name+".") && value == 1 {
			return true
		}
	}
	return false
}

// stateOf is what the filter state tells of a decision.
func stateOf(outcome wasmhost.Outcome) cases.Trace {
	return cases.Trace{Type: outcome.FilterState["wasm.gateway_responses.type"], Entry: outcome.FilterState["wasm.gateway_responses.entry"]}
}

// wantHealthy fails when a client or a worker would suffer.
func wantHealthy(t *testing.T, outcome wasmhost.Outcome) {
	t.Helper()
	if outcome.Hang || outcome.Reset || outcome.Bypassed || outcome.Trap != nil || len(outcome.Faults) > 0 {
		t.Errorf("hang %v, reset %v, bypassed %v, trap %v, faults %q\n%s",
			outcome.Hang, outcome.Reset, outcome.Bypassed, outcome.Trap, outcome.Faults, outcome.Trace())
	}
}

// denied is an exchange that ends with a denial of RBAC.
func denied() wasmhost.Exchange {
	return wasmhost.Exchange{Facts: facts.Facts{
		Request: facts.Request{Headers: facts.Headers{
			{Name: ":method", Value: "GET"}, {Name: ":path", Value: "/pets"}, {Name: ":authority", Value: "a"}, {Name: ":scheme", Value: "http"},
		}},
		Reply: facts.Reply{
			Status: 403, Details: "rbac_access_denied_matched_policy[none]", Owner: "envoy.filters.http.rbac",
			HasBody: true, Body: []byte("RBAC: access denied"),
		},
	}}
}

// noRoute is an exchange that ends with a header-only reply, to which the route has added a header.
func noRoute(route facts.Headers) wasmhost.Exchange {
	x := denied()
	x.Facts.Reply = facts.Reply{Status: 404, Details: "route_not_found", Flags: facts.ParseFlag("NR"), Headers: route}
	x.RouteHeaders = route
	return x
}

func TestWasmGoodTraffic(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{"gatewayResponses": {"ACCESS_DENIED": {}}}`)
	x := denied()
	x.Upstream = true
	x.Facts.Reply = facts.Reply{Status: 200, Details: "via_upstream", HasBody: true}
	x.Chunks = [][]byte{[]byte("one"), []byte("two"), []byte("three")}
	outcome := host.Do(x)
	wantHealthy(t, outcome)
	var calls []string
	for _, call := range outcome.Calls {
		calls = append(calls, call.Name)
	}
	if diff := cmp.Diff([]string{"proxy_get_header_map_value"}, calls); diff != "" {
		t.Errorf("host calls for a good reply (-want +got):\n%s", diff)
	}
	if got := string(outcome.Body); got != "onetwothree" {
		t.Errorf("body %q, want what the upstream sent", got)
	}
}

func TestWasmDoubledHeader(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{"gatewayResponses": {"RESOURCE_NOT_FOUND": {}}}`)
	for range 2 {
		wantHealthy(t, host.Do(noRoute(facts.Headers{{Name: "x-route", Value: "a"}})))
	}
	if got := host.Metric("gateway_responses.doubled.header"); got != 2 {
		t.Errorf("doubled.header = %d, want 2", got)
	}
	if got := countLogs(host, "x-route"); got != 1 {
		t.Errorf("the log names the header %d times, want once", got)
	}
}

// countLogs counts the lines of the log that contain text.
func countLogs(host *wasmhost.Host, text string) int {
	n := 0
	for _, line := range host.Logs() {
		if strings.Contains(line.Message, text) {
			n++
		}
	}
	return n
}

// TestWasmLargeResults holds that what does not fit in the static buffer of results comes whole, and mixes with nothing.
func TestWasmLargeResults(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {
		"application/json": "{\"agent\":$context.identity.userAgent,\"path\":$context.path}", "text/html": "<p>"}}}}`)
	for _, size := range []int{1, 16 << 10, 50_000} {
		agent, cookie := strings.Repeat("a", size), strings.Repeat("c", size)
		x := denied()
		x.Facts.Request.Headers = headerLines(":path: /p\n:method: GET\n:authority: a\nuser-agent: " + agent)
		x.Facts.Reply.Headers = headerLines("set-cookie: " + cookie)
		outcome := host.Do(x)
		if got, want := string(outcome.Body), `{"agent":"`+agent+`","path":"/p"}`; got != want {
			t.Errorf("with headers of %d bytes the body has %d, want %d", size, len(got), len(want))
		}
		if got, _ := outcome.Headers.First("set-cookie"); got != cookie {
			t.Errorf("set-cookie of %d bytes has %d", size, len(got))
		}
		wantHealthy(t, outcome)
	}
}
