// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/wasmhost"
)

// holding is a document whose routes have one entry, and which lets metadata hold documents.
const holding = `{"routeDocuments": true, "gatewayResponses": {"ACCESS_DENIED": {}}, "routes": [
	{"name": "partner", "gatewayResponses": {"ACCESS_DENIED": {"statusCode": "404"}}}]}`

// TestWasmRouteDocument has metadata hold documents, good and bad ones, and other values.
func TestWasmRouteDocument(t *testing.T) {
	const (
		good = `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 410, "responseTemplates": {"application/json": "\"$context.httpMethod $context.envoy.routeName\""}}}}`
		bad  = `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 99, "headers": {"x-a": "$context.nope"}}}}`
	)
	host := newHost(t, wasmhost.Options{}, holding)
	refused := 0
	for _, tc := range []struct {
		name       string
		properties map[string]any
		status     int
		bad        bool
	}{
		{name: "none", status: 403},
		{name: "on the route", properties: map[string]any{documentOnRoute: good}, status: 410},
		{name: "on the virtual host", properties: map[string]any{documentOnVirtualHost: good}, status: 410},
		{name: "before a name", properties: map[string]any{documentOnRoute: good, onRoute: "partner"}, status: 410},
		{name: "behind a name on the route", properties: map[string]any{documentOnVirtualHost: good, onRoute: "partner"}, status: 404},
		{name: "bad", properties: map[string]any{documentOnRoute: bad, onVirtualHost: "partner"}, status: 403, bad: true},
		{name: "bad again", properties: map[string]any{documentOnVirtualHost: bad}, status: 403, bad: true},
		{name: "too long", properties: map[string]any{documentOnRoute: "{" + strings.Repeat(" ", config.MaxRouteDocument) + "}"}, status: 403, bad: true},
		{name: "an object", properties: map[string]any{documentOnRoute: map[string]any{"mode": "off"}}, status: 403, bad: true},
		{name: "an empty text", properties: map[string]any{documentOnRoute: "", onRoute: "partner"}, status: 404},
	} {
		x := denied()
		x.Facts.Route = facts.Route{Name: "pets", VirtualHost: "shop"}
		x.Properties = tc.properties
		for range 2 {
			outcome := host.Do(x)
			wantHealthy(t, outcome)
			if outcome.Status != tc.status {
				t.Errorf("%s: status %d, want %d", tc.name, outcome.Status, tc.status)
			}
			if tc.status == 410 && string(outcome.Body) != `"GET pets"` {
				t.Errorf("%s: body %s, want what the request and the route were called", tc.name, outcome.Body)
			}
			if tc.bad {
				refused++
			}
		}
		if got := int(host.Metric("gateway_responses.routeDocument.bad")); got != refused {
			t.Errorf("%s: routeDocument.bad = %d, want %d", tc.name, got, refused)
		}
	}
	const where = `the document in the metadata of route "pets" of virtual host "shop"`
	for line, want := range map[string]int{
		where + ` is ignored, "match" decides`:                                                 3,
		where + ": gatewayResponses.ACCESS_DENIED.statusCode (line 1, column 55): ":            1,
		where + `: gatewayResponses.ACCESS_DENIED.headers["x-a"] (line 1, column 79): unknown`: 1,
		where + ": document: the document has more than 65536 bytes":                           1,
		where + ": document: the metadata holds no string":                                     1,
	} {
		if got := countLogs(host, line); got != want {
			t.Errorf("the log says %s %d times, want %d", line, got, want)
		}
	}
}

// TestBadRouteDocumentsAreLoggedOnce holds that the log is about each document once, and not without end.
func TestBadRouteDocumentsAreLoggedOnce(t *testing.T) {
	host := &fakeHost{}
	s := stream{plugin: &plugin{vm: newVM(host, nil, ""), name: "gwr"}}
	trace := engine.Trace{Document: config.Findings{{Message: "bad"}}}
	for i := range 2 * maxLoggedDocuments {
		f := &facts.Facts{Route: facts.Route{Document: strconv.Itoa(i)}}
		s.logDocument(f, trace)
		s.logDocument(f, trace)
	}
	if got := len(host.trace); got != maxLoggedDocuments {
		t.Errorf("lines about %d documents, twice each = %d, want %d", 2*maxLoggedDocuments, got, maxLoggedDocuments)
	}
}
