// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

// TestRouteTable holds that the table finds what asking every entry in turn would find.
func TestRouteTable(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(choices ...string) string { return choices[random.IntN(len(choices))] }
	condition := func() string {
		switch random.IntN(6) {
		case 0:
			return fmt.Sprintf(`"hosts":["%s","%s"]`, pick("a.com", "*.a.com", "*.com", "b.a.com"), pick("c.b.a.com", "*.b.a.com"))
		case 1:
			return `"path":"` + pick("/", "/a", "/a/{x}", "/{x}/b", "/a/b/{x+}", "/{x+}", "/a%20b") + `"`
		case 2:
			return `"pathPrefix":"` + pick("/", "/a", "/a/b/", "/b") + `"`
		case 3:
			return `"routeNames":["` + pick("a", "b", "a*") + `","c","d","e","f","g","h","i","j"]`
		case 4:
			return `"virtualHosts":["` + pick("a", "b", "*b") + `","c"]`
		default:
			return `"methods":["` + pick("GET", "POST") + `"]`
		}
	}
	found := 0
	for range 200 {
		var entries []string
		for i := range 12 {
			first, second := condition(), condition()
			if first[:4] == second[:4] {
				second = `"metadata":{"n":{"k":"*"}}`
			}
			entries = append(entries, fmt.Sprintf(`{"name":"%d","match":{%s,%s}}`, i, first, second))
		}
		table := load(t, `{"routes":[`+strings.Join(entries, ",")+`]}`).routes
		for range 20 {
			q := requestOf(&facts.Facts{
				Route:      facts.Route{Name: pick("a", "b", "ab", ""), VirtualHost: pick("a", "b", "ab", "")},
				Attributes: facts.Attributes{facts.RouteMetadataPath("n", "k"): "v"},
				Request: facts.Request{Headers: facts.Headers{
					{Name: ":authority", Value: pick("a.com", "B.a.com:80", "c.b.a.com", "com", "", "a.com.")},
					{Name: ":path", Value: pick("/", "/a", "/a/b", "/a/b/c", "/b/b?c", "*", "/a%20b", "/a/", "")},
					{Name: ":method", Value: pick("GET", "POST")},
				}},
			})
			got, want := table.first(&q), linear(table, &q)
			if got != want {
				t.Fatalf("%+v\n%s\nthe table finds %v, want %v", q, strings.Join(entries, "\n"), got, want)
			}
			if got != nil {
				found++
			}
		}
	}
	if found < 500 {
		t.Errorf("only %d requests belong to an entry", found)
	}
}

// linear asks every entry in turn.
func linear(table *routeTable, q *request) *route {
	for _, r := range table.routes {
		if r.takes(q) {
			return r
		}
	}
	return nil
}

// TestLongHost holds that a client cannot make the search slow: what is too long for a host is none.
func TestLongHost(t *testing.T) {
	program := load(t, `{"routes":[{"name":"a","match":{"hosts":["*.com"]}}]}`)
	for _, tc := range []struct {
		labels int
		found  bool
	}{{100, true}, {200, false}} {
		q := requestOf(&facts.Facts{Request: facts.Request{Headers: facts.Headers{{Name: ":authority", Value: strings.Repeat("a.", tc.labels) + "com"}}}})
		if found := program.routes.first(&q) != nil; found != tc.found {
			t.Errorf("a host of %d labels belongs to an entry: %t, want %t", tc.labels, found, tc.found)
		}
	}
}

func TestRouteNeeds(t *testing.T) {
	const byPath = `"match":{"path":"/a/{b}"}`
	for _, tc := range []struct {
		name, document string
		want           Needs
	}{
		{"metadata only", `{"routes":[{"name":"a"}]}`, Needs{Fields: facts.FieldRouteEntry}},
		{"path", `{"routes":[{"name":"a",` + byPath + `},{"name":"b","match":{"pathPrefix":"/"}}]}`, Needs{Fields: facts.FieldRouteEntry, RequestHeaders: []string{":path"}}},
		{
			"host, method and path are one call", `{"routes":[{"name":"a","match":{"path":"/","hosts":["a"],"methods":["GET"]}}]}`,
			Needs{Fields: facts.FieldRouteEntry, AllRequestHeaders: true},
		},
		{
			"names", `{"routes":[{"name":"a","match":{"routeNames":["a"],"virtualHosts":["b"]}}]}`,
			Needs{Fields: facts.FieldRouteEntry | facts.FieldRouteName | facts.FieldVirtualHost},
		},
		{
			"metadata, each value once", `{"routes":[{"name":"a","match":{"metadata":{"n":{"k":"a"}}}},{"name":"b","match":{"metadata":{"n":{"k":"b"}}}}]}`,
			Needs{Fields: facts.FieldRouteEntry, Attributes: []string{facts.RouteMetadataPath("n", "k")}},
		},
		{"all off", `{"mode":"off","routes":[{"name":"a",` + byPath + `}]}`, Needs{Idle: true}},
		{
			"a route that observes renders nothing",
			`{"mode":"off","routes":[{"name":"a",` + byPath + `,"mode":"observe","gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.protocol"}}}}]}`,
			Needs{Fields: facts.FieldRouteEntry, RequestHeaders: []string{":path"}},
		},
		{
			"a route that rewrites renders the document's entries",
			`{"mode":"off","gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.protocol"}}},"routes":[{"name":"a","mode":"rewrite"}]}`,
			Needs{Fields: facts.FieldRouteEntry | facts.FieldProtocol},
		},
		{
			"a route that inherits nothing does not",
			`{"mode":"off","gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.protocol"}}},"routes":[{"name":"a","mode":"rewrite","inherit":false}]}`,
			Needs{Fields: facts.FieldRouteEntry},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, load(t, tc.document).Needs()); diff != "" {
				t.Errorf("Needs() (-want +got):\n%s", diff)
			}
		})
	}
}

// TestManyRoutes holds that a document of many routes and many of everything does not grow beyond its text when it is
// compiled.
func TestManyRoutes(t *testing.T) {
	list := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	program := load(t, `{"stageVariables":{`+list(10_000, `"v%d":"",`)+`},"routes":[`+
		`{"name":"lists","match":{"hosts":[`+list(10_000, `"h%d",`)+`],"routeNames":[`+list(10_000, `"r%d",`)+`]}},`+
		list(5000, `{"name":"n%d","stageVariables":{"a":""}},`)+`]}`)
	if files := len(program.routes.files); files > 10_000 {
		t.Errorf("%d files, want one for each host", files)
	}
	for name, r := range program.routes.byName {
		if n := len(r.constant.stageVariables); n > 1 {
			t.Fatalf("route %s holds %d variables, want its own", name, n)
		}
	}
}
