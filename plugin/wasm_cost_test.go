// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/wasmhost"
)

// costDocuments are documents from frugal to greedy.
var costDocuments = []struct{ name, document string }{
	{"no request data", `{"gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {}}}`},
	{"emulate aws", `{"emulate": "aws"}`},
	{"attributes", `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"application/json": "[${context.envoy.metadata.a/b},${context.envoy.metadata.a/b},${context.envoy.filterState.c}]"}}}}`},
	{"two templates", `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/html": "<p>", "application/json": "{}"}}}}`},
	{"path and time", `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"application/json": "[$context.path,$context.requestTimeEpoch]"}}}}`},
	{"cors", `{"cors": {"allowOrigins": ["https://app.example.com"]}}`},
	{"cors for every origin", `{"cors": {"allowOrigins": ["*"]}}`},
	{"cors with preflight", `{"cors": {"allowOrigins": ["https://app.example.com"], "preflight": {}}}`},
	{"errors of the upstream", `{"classification": [{"when": {"source": "upstream", "status": ["5xx"]}, "responseType": "INTEGRATION_FAILURE"}],
		"declared": {"header": "x-type", "source": "any"}, "gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {}}}`},
	{"a rule on what Envoy says", `{"classification": [{"when": {"details": ["rbac_*"], "filter": ["*"]}, "responseType": "UNAUTHORIZED"}], "gatewayResponses": {"DEFAULT_4XX": {}}}`},
	{"a rule on a request header", `{"classification": [{"when": {"requestHeaders": [{"name": "x-a", "present": true}]}, "responseType": "UNAUTHORIZED"}], "gatewayResponses": {"DEFAULT_4XX": {}}}`},
	{"a declared type", `{"declared": {"header": "x-type", "metadata": "a/type"}, "gatewayResponses": {"DEFAULT_4XX": {}}}`},
	{"routes by name in metadata", `{"routes": [{"name": "a"}], "gatewayResponses": {"DEFAULT_4XX": {}}}`},
	{"routes by Envoy's names", `{"routes": [{"name": "a", "match": {"routeNames": ["a"], "virtualHosts": ["a"]}}], "gatewayResponses": {"DEFAULT_4XX": {}}}`},
	{"grpc", `{"grpc": {}, "gatewayResponses": {"DEFAULT_4XX": {}}}`},
	{"observe", `{"mode": "observe", "emulate": "aws"}`},
	{"route documents", `{"routeDocuments": true, "gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {}}}`},
	{"off", `{"mode": "off", "emulate": "aws"}`},
}

// costExchanges are a good reply, an upstream's own error, a denial and a reply without a body, each with the request id that
// Envoy makes, and a good reply without one.
func costExchanges() []struct {
	name     string
	exchange wasmhost.Exchange
} {
	good, upstreamError := denied(), denied()
	good.Upstream, upstreamError.Upstream = true, true
	good.Facts.Reply = facts.Reply{Status: 200, Details: "via_upstream", HasBody: true, Body: []byte("ok")}
	upstreamError.Facts.Reply = facts.Reply{Status: 500, Details: "via_upstream", HasBody: true, Body: []byte("oops")}
	anonymous, denial, unrouted := good, denied(), noRoute(nil)
	for _, x := range []*wasmhost.Exchange{&good, &upstreamError, &denial, &unrouted} {
		headers := &x.Facts.Request.Headers
		*headers = append(slices.Clone(*headers), facts.Header{Name: "x-request-id", Value: "1"})
	}
	return []struct {
		name     string
		exchange wasmhost.Exchange
	}{
		{"good reply", good},
		{"without an id", anonymous},
		{"upstream's error", upstreamError},
		{"denial", denial},
		{"no route", unrouted},
	}
}

// TestWasmHostCalls compares what each kind of exchange costs in host calls with a golden file, so that no feature makes
// those pay who do not use it.
func TestWasmHostCalls(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Host calls of one exchange, once counters are defined. \"go test ./plugin -update\" writes this file.\n")
	for _, d := range costDocuments {
		fmt.Fprintf(&b, "\n== %s\n", d.name)
		for _, x := range costExchanges() {
			host := newHost(t, wasmhost.Options{}, d.document)
			host.Do(x.exchange)
			fmt.Fprintf(&b, "%-17s %s\n", x.name, summary(host.Do(x.exchange)))
		}
	}
	b.WriteString("\n== after a reply of another kind, no request data\n")
	host := newHost(t, wasmhost.Options{}, costDocuments[0].document)
	for _, i := range []int{3, 2, 2, 3, 0, 3} {
		x, outcome := costExchanges()[i], summary(host.Do(costExchanges()[i].exchange))
		fmt.Fprintf(&b, "%-17s %s\n", x.name, outcome)
	}
	golden.File(t, "testdata/hostcalls.txt", b.String())
}

// summary counts the host calls by name, in the order in which they came first.
func summary(outcome wasmhost.Outcome) string {
	if len(outcome.Calls) == 0 {
		return "none"
	}
	var names []string
	counts := map[string]int{}
	for _, call := range outcome.Calls {
		name := strings.TrimPrefix(call.Name, "proxy_")
		if counts[name] == 0 {
			names = append(names, name)
		}
		counts[name]++
	}
	for i, name := range names {
		if counts[name] > 1 {
			names[i] = fmt.Sprintf("%s x%d", name, counts[name])
		}
	}
	return fmt.Sprintf("%d: %s", len(outcome.Calls), strings.Join(names, ", "))
}
