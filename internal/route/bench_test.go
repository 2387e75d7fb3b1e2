// SPDX-License-Identifier: Apache-2.0

package route

import (
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
)

// BenchmarkFind finds the last of many entries.
func BenchmarkFind(b *testing.B) {
	for _, kind := range []struct{ name, match, entry string }{
		{"metadata", `{"pathPrefix":"/none%d"}`, "last"},
		{"host", `{"hosts":["h%d.example.com"]}`, ""},
		{"path", `{"hosts":["*.example.com"],"path":"/v1/r%d/{id}"}`, ""},
		{"virtualHost", `{"virtualHosts":["host-%d"]}`, ""},
		{"routeName", `{"routeNames":["route-%d"]}`, ""},
	} {
		for _, count := range []int{1, 100, 1000} {
			b.Run(fmt.Sprintf("%s/%d", kind.name, count), func(b *testing.B) {
				benchmarkFind(b, kind.match, kind.entry, count)
			})
		}
	}
}

func benchmarkFind(b *testing.B, match, entry string, count int) {
	var entries []string
	for i := range count - 1 {
		entries = append(entries, fmt.Sprintf(`{"name":"r%d","match":`+match+`}`, i, i))
	}
	entries = append(entries, fmt.Sprintf(`{"name":"last","match":`+match+`}`, count))
	table := tableOf(b, strings.Join(entries, ","))
	f := &facts.Facts{
		Request: facts.Request{Headers: facts.Headers{
			{Name: ":authority", Value: fmt.Sprintf("h%d.example.com", count)},
			{Name: ":path", Value: fmt.Sprintf("/v1/r%d/7?a=b", count)},
		}},
		Route: facts.Route{Name: fmt.Sprintf("route-%d", count), VirtualHost: fmt.Sprintf("host-%d", count)},
	}
	if got := table.Find(f, entry).Entry; got != count-1 {
		b.Fatalf("the entry at %d is found, want the last", got)
	}
	b.ReportAllocs()
	for b.Loop() {
		table.Find(f, entry)
	}
}
