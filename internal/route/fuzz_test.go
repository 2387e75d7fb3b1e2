// SPDX-License-Identifier: Apache-2.0

package route

import (
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/growth"
)

// hostile are entries that a request has to be compared with one by one, whatever its host, and whose templates look far
// into its path.
func hostile() string {
	entries := []string{
		`{"name":"hosts","match":{"hosts":["*.a","*.a.a","*.a.a.a","*.com","a.a.com"],"path":"/none"}}`,
		`{"name":"resources","match":{"pathPrefix":"/a"},"resources":["/{x}/b","/a/{x}/c","/{x}/{y}/{z}/d","/{all+}"]}`,
	}
	for i := range 500 {
		entries = append(entries,
			fmt.Sprintf(`{"name":"p%d","match":{"path":"/{x}/{y}/r%d/{z}"}}`, i, i),
			fmt.Sprintf(`{"name":"q%d","match":{"pathPrefix":"/a/b/c%d","methods":["PUT"]}}`, i, i))
	}
	return strings.Join(entries, ",")
}

// asking is a request to a host for a target.
func asking(host, target string) *facts.Facts {
	return &facts.Facts{Request: facts.Request{Headers: facts.Headers{
		{Name: ":authority", Value: host}, {Name: ":path", Value: target}, {Name: ":method", Value: "GET"},
	}}}
}

// FuzzWork holds that what a client sends makes no more work than its size, and no more look-ups than the document has
// entries and a host has labels.
func FuzzWork(f *testing.F) {
	f.Add("a.", "/")
	f.Add("a", "a")
	f.Add(".", "/a")
	f.Add("a.com:", "%2f/b?&=")
	f.Add("[:", "/?&")
	table := tableOf(f, hostile())
	f.Fuzz(func(t *testing.T, host, target string) {
		q := table.request(asking(strings.Repeat(host, 1+300/(1+len(host))), "/"+target))
		s := table.search(&q)
		s.run()
		// Each label of a host is looked up alone and with two names, and under each of them up to four prefixes of the path.
		if most := len(table.entries) + 3*5*(maxHost/2+3); s.steps > most {
			t.Errorf("%q: %d steps, want at most %d", host, s.steps, most)
		}
		growth.Check(t, fmt.Sprintf("a path of %q", target), func(size int) func() {
			long := asking("a.com", growth.Repeat("/a/", target, "", size))
			return func() { table.Find(long, "") }
		})
		growth.Check(t, fmt.Sprintf("a host of %q", host), func(size int) func() {
			long := asking(growth.Repeat("", host, ".com", size), "/a/b")
			return func() { table.Find(long, "") }
		})
	})
}

// BenchmarkLongPath finds no entry for paths that are as long as a client can make them.
func BenchmarkLongPath(b *testing.B) {
	table := tableOf(b, hostile())
	for name, piece := range map[string]string{"segment": "a", "segments": "/a", "query": "?&"} {
		b.Run(name, func(b *testing.B) {
			long := asking("a.com", "/"+strings.Repeat(piece, 60<<10/len(piece)))
			for b.Loop() {
				table.Find(long, "")
			}
		})
	}
}
