// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
)

// BenchmarkRoutes decides on a reply that belongs to the last of many entries. The reply is left, so what is measured is
// finding the entry.
func BenchmarkRoutes(b *testing.B) {
	for _, kind := range []struct{ name, match, entry string }{
		{"metadata", `{"pathPrefix":"/none%d"}`, "last"},
		{"host", `{"hosts":["h%d.example.com"]}`, ""},
		{"path", `{"hosts":["*.example.com"],"path":"/v1/r%d/{id}"}`, ""},
		{"virtualHost", `{"virtualHosts":["host-%d"]}`, ""},
		{"routeName", `{"routeNames":["route-%d"]}`, ""},
	} {
		for _, count := range []int{1, 100, 1000} {
			b.Run(fmt.Sprintf("%s/%d", kind.name, count), func(b *testing.B) {
				benchmarkRoutes(b, kind.match, kind.entry, count)
			})
		}
	}
}

func benchmarkRoutes(b *testing.B, match, entry string, count int) {
	var entries []string
	for i := range count - 1 {
		entries = append(entries, fmt.Sprintf(`{"name":"r%d","match":`+match+`}`, i, i))
	}
	entries = append(entries, fmt.Sprintf(`{"name":"last","mode":"off","match":`+match+`}`, count))
	program, findings := Load([]byte(`{"gatewayResponses":{"ACCESS_DENIED":{}},"routes":[` + strings.Join(entries, ",") + `]}`))
	if program == nil {
		b.Fatal(findings)
	}
	f := &facts.Facts{
		Request: facts.Request{Headers: facts.Headers{
			{Name: ":authority", Value: fmt.Sprintf("h%d.example.com", count)},
			{Name: ":path", Value: fmt.Sprintf("/v1/r%d/7?a=b", count)},
		}},
		Reply: facts.Reply{Status: 403, Details: "rbac_access_denied_matched_policy[none]", HasBody: true},
		Route: facts.Route{Name: fmt.Sprintf("route-%d", count), VirtualHost: fmt.Sprintf("host-%d", count), Entry: entry},
	}
	if got := program.Decide(f).Trace.Left; got != LeftOff {
		b.Fatalf("left %q, want the last entry's %q", got, LeftOff)
	}
	b.ReportAllocs()
	for b.Loop() {
		program.Decide(f)
	}
}
