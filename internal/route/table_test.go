// SPDX-License-Identifier: Apache-2.0

package route

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// tableOf is the table of some elements of routes.
func tableOf(t testing.TB, entries string) *Table {
	t.Helper()
	document, findings := config.Decode([]byte(`{"routes":[` + entries + `]}`))
	if findings.HasErrors() {
		t.Fatalf("%s\n%s", entries, findings)
	}
	table := &Table{}
	for i := range document.Routes {
		table.Add(&document.Routes[i])
	}
	return table
}

// TestTable holds that the table finds what asking every entry in turn would find.
func TestTable(t *testing.T) {
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
		table := tableOf(t, strings.Join(entries, ","))
		for range 20 {
			q := table.request(&facts.Facts{
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
			checkTrials(t, table, q.facts, got)
			if got != None {
				found++
			}
		}
	}
	if found < 500 {
		t.Errorf("only %d requests belong to an entry", found)
	}
}

// checkTrials holds that the entries which were tried are those up to the one that is found, and that each of the others fails on
// a condition of its own, about which something is said.
func checkTrials(t *testing.T, table *Table, f *facts.Facts, found int) {
	t.Helper()
	trials := table.Trials(f)
	want := len(table.entries)
	if found != None {
		want = found + 1
	}
	if len(trials) != want {
		t.Fatalf("%d entries were tried, want %d", len(trials), want)
	}
	for place, trial := range trials {
		if (trial.Failing == "") != (place == found) || (trial.Wanted == nil) != (place == found) || trial.Name != table.Names()[place] {
			t.Errorf("entry %d: %+v, and entry %d is found", place, trial, found)
		}
	}
}

// linear asks every entry in turn.
func linear(table *Table, q *request) int {
	for place := range table.entries {
		if table.entries[place].conditions.failing(q) == "" {
			return place
		}
	}
	return None
}

// TestLongHost holds that a client cannot make the search slow: what is too long for a host is none.
func TestLongHost(t *testing.T) {
	table := tableOf(t, `{"name":"a","match":{"hosts":["*.com"]}}`)
	for _, tc := range []struct {
		labels int
		found  bool
	}{{100, true}, {200, false}} {
		q := table.request(&facts.Facts{Request: facts.Request{Headers: facts.Headers{{Name: ":authority", Value: strings.Repeat("a.", tc.labels) + "com"}}}})
		if found := table.first(&q) != None; found != tc.found {
			t.Errorf("a host of %d labels belongs to an entry: %t, want %t", tc.labels, found, tc.found)
		}
	}
}

// TestLongLists holds that the index of an entry with two long lists does not grow with their product.
func TestLongLists(t *testing.T) {
	list := func(format string) string {
		var b strings.Builder
		for i := range 10_000 {
			fmt.Fprintf(&b, format, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	table := tableOf(t, `{"name":"lists","match":{"hosts":[`+list(`"h%d",`)+`],"routeNames":[`+list(`"r%d",`)+`]}}`)
	if files := len(table.index.files); files > 10_000 {
		t.Errorf("%d files, want one for each host", files)
	}
}
