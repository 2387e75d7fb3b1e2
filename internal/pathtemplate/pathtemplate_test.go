// SPDX-License-Identifier: Apache-2.0

package pathtemplate

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// matchCases are templates and request targets. values is nil where the template does not take the path.
var matchCases = []struct {
	template, target string
	values           map[string]string
}{
	{"/", "/", map[string]string{}},
	{"/", "/?a=/b", map[string]string{}},
	{"/", "", nil},
	{"/", "*", nil},
	{"/pets", "/pets", map[string]string{}},
	{"/pets", "/pets/", nil},
	{"/pets", "/Pets", nil},
	{"/pets", "pets", nil},
	{"/pets/", "/pets", nil},
	{"/pets/{petId}", "/pets/7", map[string]string{"petId": "7"}},
	{"/pets/{petId}", "/pets/7?x=/y", map[string]string{"petId": "7"}},
	{"/pets/{petId}", "/pets/", nil},
	{"/pets/{petId}", "/pets", nil},
	{"/pets/{petId}", "/pets/7/", nil},
	{"/pets/{petId}/toys", "/pets/7/toys", map[string]string{"petId": "7"}},
	{"/{a}/{b}", "/x/y", map[string]string{"a": "x", "b": "y"}},
	{"/{a}", "/a%20b", map[string]string{"a": "a b"}},
	{"/{a}", "/a%2fb", map[string]string{"a": "a%2Fb"}},
	{"/{a}", "/%zz%4", map[string]string{"a": "%zz%4"}},
	{"/{a}", "/%25%e2%82%ac", map[string]string{"a": "%€"}},
	{"/a%20b", "/a%20b", map[string]string{}},
	{"/a b", "/a%20b", map[string]string{}},
	{"/a%2fb", "/a%2Fb", map[string]string{}},
	{"/a%2Fb", "/a/b", nil},
	{"/a//b", "/a//b", map[string]string{}},
	{"/a/{b}/c", "/a//c", nil},
	{"/files/{path+}", "/files/a/b%20c", map[string]string{"path": "a/b c"}},
	{"/files/{path+}", "/files/", nil},
	{"/files/{path+}", "/files", nil},
	{"/{all+}", "/", nil},
	{"/{all+}", "/a/", map[string]string{"all": "a/"}},
}

func TestMatch(t *testing.T) {
	for _, tc := range matchCases {
		t.Run(tc.template+" "+tc.target, func(t *testing.T) {
			template, problem := Parse(tc.template)
			if problem != nil {
				t.Fatal(problem)
			}
			path := PathOf(tc.target).Segments(template.Depth())
			if got := template.Match(path); got != (tc.values != nil) {
				t.Fatalf("Match = %t, want %t", got, tc.values != nil)
			}
			if len(tc.values) > 0 {
				if diff := cmp.Diff(tc.values, template.Values(path)); diff != "" {
					t.Errorf("values (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// badTemplates are templates that Parse refuses, with the byte where it shows.
var badTemplates = []struct {
	template string
	offset   int
	want     string
}{
	{"", 0, `a path begins with "/"`},
	{"pets", 0, `a path begins with "/"`},
	{"/pets?x", 5, "the path is compared without query and fragment; remove all from '?' on"},
	{"/pets#x", 5, "the path is compared without query and fragment; remove all from '#' on"},
	{"/a\x00", 2, `a path cannot hold the control character '\x00'`},
	{"/pets/{}", 7, "the parameter has no name; write {name}"},
	{"/pets/{+}", 7, "the parameter has no name; write {name}"},
	{"/pets/x{a}", 7, "a parameter is a whole segment; write {name} between two slashes"},
	{"/pets/{a", 6, "a parameter is a whole segment; write {name} between two slashes"},
	{"/{a}{b}", 3, `the name of a parameter is made of letters, digits, "_", "-" and "."`},
	{"/{a b}", 3, `the name of a parameter is made of letters, digits, "_", "-" and "."`},
	{"/{a}/{a}", 5, `the parameter "a" is there twice; name each one once`},
	{strings.Repeat("/a", 101), 200, "the path has more than 100 segments; end it here, or use {name+}"},
	{"/{a+}/b", 5, "{a+} takes all that is left; put it last"},
}

func TestParseErrors(t *testing.T) {
	for _, tc := range badTemplates {
		t.Run(tc.template, func(t *testing.T) {
			_, got := Parse(tc.template)
			if got == nil {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(&Error{tc.offset, tc.want}, got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPrefix(t *testing.T) {
	for _, tc := range []struct {
		prefix, target string
		want           bool
	}{
		{"/v0", "/v0", true},
		{"/v0", "/v0?x", true},
		{"/v0", "/v0/", true},
		{"/v0", "/v0/a", true},
		{"/v0", "/v01", false},
		{"/v0", "/V0", false},
		{"/v0/", "/v0", true},
		{"/v0/", "/v0/a", true},
		{"/", "/a", true},
		{"/", "*", false},
		{"/a b", "/a%20b/c", true},
		{"/a", "/a%2Fb", false},
	} {
		if got := PathOf(tc.target).HasPrefix(PrefixOf(tc.prefix)); got != tc.want {
			t.Errorf("%q is a prefix of %q: %t, want %t", tc.prefix, tc.target, got, tc.want)
		}
	}
	if diff := cmp.Diff([]string{"", "/a", "/a/b"}, slices.Collect(PathOf("/a/b/c?d").Prefixes(2, 4))); diff != "" {
		t.Errorf("prefixes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"", "/a"}, slices.Collect(PathOf("/a/bc").Prefixes(2, 4))); diff != "" {
		t.Errorf("prefixes of at most 4 bytes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{""}, slices.Collect(PathOf("*").Prefixes(2, 4))); diff != "" {
		t.Errorf("prefixes of no path (-want +got):\n%s", diff)
	}
}

func TestShape(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		same bool
	}{
		{"/pets/{id}", "/pets/{petId}", true},
		{"/pets/{id+}", "/pets/{rest+}", true},
		{"/p%65ts", "/pets", true},
		{"/pets/{id}", "/pets/{id+}", false},
		{"/pets", "/pets/", false},
		{"/%7B%7D", "/{id}", false},
	} {
		a, _ := Parse(tc.a)
		b, _ := Parse(tc.b)
		if same := a.Shape() == b.Shape(); same != tc.same {
			t.Errorf("%s and %s have the same shape: %t, want %t", tc.a, tc.b, same, tc.same)
		}
	}
}
