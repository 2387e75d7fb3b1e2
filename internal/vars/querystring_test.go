// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/growth"
)

// queries are the cases of the table and the seeds of the fuzz target.
var queries = []struct {
	name, query, key string
	want             []string
}{
	{"empty", "", "a", nil},
	{"one", "a=1", "a", []string{"1"}},
	{"another", "a=1", "b", nil},
	{"several", "a=1&b=2&a=3", "a", []string{"1", "3"}},
	{"without equals sign", "a&b", "a", []string{""}},
	{"empty value", "a=", "a", []string{""}},
	{"equals sign in the value", "a=b=c", "a", []string{"b=c"}},
	{"empty name", "=1&a=2", "", []string{"1"}},
	{"empty parameters", "&&a=1&&", "", nil},
	{"question mark", "a?=1?", "a?", []string{"1?"}},
	{"plus is a space", "a+b=c+d", "a b", []string{"c d"}},
	{"escapes", "%61=%C3%a9%26", "a", []string{"é&"}},
	{"escaped plus", "a=%2B", "a", []string{"+"}},
	{"bad escapes", "a=100%&a=%zz&a=%4&a=%%41", "a", []string{"100%", "%zz", "%4", "%A"}},
	{"bad escape in the name", "%zz=1", "%zz", []string{"1"}},
	{"semicolon does not separate", "a=1;b=2", "a", []string{"1;b=2"}},
	{"part of a name", "ab=1&a=2", "a", []string{"2"}},
	{"not UTF-8", "a=%ff%00", "a", []string{"\xff\x00"}},
	{"decoded once", "a=%2541", "a", []string{"%41"}},
}

func TestReadQuery(t *testing.T) {
	for _, tc := range queries {
		t.Run(tc.name, func(t *testing.T) { checkParameter(t, tc.query, tc.key, tc.want) })
	}
}

// checkParameter compares the values of a query parameter, through the variables, with all those wanted.
func checkParameter(t *testing.T, query, name string, want []string) {
	t.Helper()
	resolver, exchange := Resolver{}, env()
	setHeader(":path", "/?"+query)(exchange)
	if name == "" {
		return // no variable asks for it
	}
	last, err1 := resolver.Resolve("method.request.querystring." + name)
	all, err2 := resolver.Resolve("method.request.multivaluequerystring." + name)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	wantLast, wantOK := "", len(want) > 0
	if wantOK {
		wantLast = want[len(want)-1]
	}
	if got, ok := last.Value(exchange); got != wantLast || ok != wantOK {
		t.Errorf("the last %q of %q is %q, %v, want %q, %v", name, query, got, ok, wantLast, wantOK)
	}
	if got, ok := all.Value(exchange); got != strings.Join(want, ",") || ok != wantOK {
		t.Errorf("all %q of %q are %q, %v, want %q, %v", name, query, got, ok, want, wantOK)
	}
}

// TestThousandsOfParameters: nothing is kept of parameters that nobody asks for.
func TestThousandsOfParameters(t *testing.T) {
	var query strings.Builder
	for i := range 10_000 {
		query.WriteString("p" + strconv.Itoa(i) + "=v&")
	}
	query.WriteString("last=1")
	last, err := resolve("method.request.querystring.last")
	if err != nil {
		t.Fatal(err)
	}
	var got string
	allocations := testing.AllocsPerRun(5, func() {
		exchange := env()
		setHeader(":path", "/?"+query.String())(exchange)
		got, _ = last.Value(exchange)
	})
	without := testing.AllocsPerRun(5, func() { setHeader(":path", "/?"+query.String())(env()) })
	if want := "1"; got != want || allocations > without+10 {
		t.Errorf("the last of 10,001 parameters is %q with %v allocations, want %q with a few", got, allocations-without, want)
	}
}

// TestQueryIsReadOnce: the second variable finds the query read.
func TestQueryIsReadOnce(t *testing.T) {
	var resolver Resolver
	exchange := env()
	for _, name := range []string{"limit", "tag", "none"} {
		if _, err := resolver.Resolve("method.request.querystring." + name); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"limit": "5", "tag": "a &é", "none": ""} {
		variable, _ := resolver.Resolve("method.request.querystring." + name)
		before := exchange.query
		if got, _ := variable.Value(exchange); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
		if before != nil && &before[0] != &exchange.query[0] {
			t.Errorf("the query is read anew for %q", name)
		}
	}
}

// FuzzReadQuery: the values are those of net/url on a query that it takes, none is found of a name that is not there, and the
// encoding of any value leads back to it.
func FuzzReadQuery(f *testing.F) {
	for _, tc := range queries {
		f.Add(tc.query, tc.key)
	}
	f.Fuzz(func(t *testing.T, query, name string) {
		if len(query)+len(name) > 4<<10 {
			return
		}
		if want, err := url.ParseQuery(query); err == nil {
			checkParameter(t, query, name, want[name])
		}
		checkParameter(t, url.Values{name: {query}}.Encode(), name, []string{query})
	})
}

// FuzzReadQueryGrowth: the work on a query grows as its length, whatever names are asked for.
func FuzzReadQueryGrowth(f *testing.F) {
	f.Add("", "&", "q", "a")
	f.Add("", "q&", "q", "a")
	f.Add("q=", "%26+", "q", "a")
	f.Add("", "%71=a&", "q", "%")
	f.Fuzz(func(t *testing.T, head, fragment, one, other string) {
		if len(head)+len(fragment) > growth.MaxFragment {
			return
		}
		names := parameterNames{indices: map[string]int{}}
		names.add(one, true)
		names.add(other, false)
		growth.Check(t, "reading of a query with "+strconv.Quote(fragment), func(size int) func() {
			query := growth.Repeat(head, fragment, "", size)
			return func() { names.read(query) }
		})
	})
}
