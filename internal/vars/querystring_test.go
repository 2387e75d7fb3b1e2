// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func TestParameterValues(t *testing.T) {
	for _, tc := range queries {
		t.Run(tc.name, func(t *testing.T) {
			got := slices.Collect(parameterValues(tc.query, tc.key))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("parameterValues(%q, %q) mismatch (-want +got):\n%s", tc.query, tc.key, diff)
			}
		})
	}
}

func TestParameterValuesStops(t *testing.T) {
	for value := range parameterValues("a=1&a=2", "a") {
		if value != "1" {
			t.Errorf("parameterValues goes on to %q after the end of the loop", value)
		}
		break
	}
}

func TestThousandsOfParameters(t *testing.T) {
	var query strings.Builder
	for i := range 10_000 {
		query.WriteString("p" + strconv.Itoa(i) + "=v&")
	}
	query.WriteString("last=1")
	exchange := env()
	setHeader(":path", "/?"+query.String())(exchange)
	var got string
	allocations := testing.AllocsPerRun(5, func() { got, _ = lastParameter(exchange, "last") })
	if want := "1"; got != want || allocations > 5 {
		t.Errorf("lastParameter of 10,001 = %q with %v allocations, want %q with a few", got, allocations, want)
	}
}

// FuzzParameterValues: the values are those of net/url on a query that it takes, none is found of a name that is not
// there, and the encoding of any value leads back to it.
func FuzzParameterValues(f *testing.F) {
	for _, tc := range queries {
		f.Add(tc.query, tc.key)
	}
	f.Fuzz(func(t *testing.T, query, name string) {
		if len(query)+len(name) > 4<<10 {
			return
		}
		got := slices.Collect(parameterValues(query, name))
		if want, err := url.ParseQuery(query); err == nil {
			if diff := cmp.Diff(want[name], got); diff != "" {
				t.Errorf("parameterValues(%q, %q) mismatch with net/url (-want +got):\n%s", query, name, diff)
			}
		}
		encoded := url.Values{name: {query}}.Encode()
		if diff := cmp.Diff([]string{query}, slices.Collect(parameterValues(encoded, name))); diff != "" {
			t.Errorf("parameterValues(%q, %q) mismatch (-want +got):\n%s", encoded, name, diff)
		}
	})
}
