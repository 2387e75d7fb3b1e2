// SPDX-License-Identifier: Apache-2.0

package facts

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFlagsString(t *testing.T) {
	for _, tc := range []struct {
		name  string
		flags Flags
		want  string
	}{
		{"none", 0, "-"},
		{"one", ParseFlag("UT"), "UT"},
		{"several in the order of the bits", ParseFlag("URX") | ParseFlag("UF"), "UF,URX"},
		{"the last", 1 << 29, "UDO"},
		{"a bit without a name", 1 << 60, "-"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.flags.String(); got != tc.want {
				t.Errorf("Flags(%b).String() = %q, want %q", tc.flags, got, tc.want)
			}
		})
	}
}

func TestParseFlag(t *testing.T) {
	for bit, name := range flagNames {
		if got := ParseFlag(name); got != 1<<bit {
			t.Errorf("ParseFlag(%q) = %b, want bit %d", name, got, bit)
		}
	}
	if got := ParseFlag("XX"); got != 0 {
		t.Errorf("ParseFlag(\"XX\") = %b, want 0", got)
	}
}

func TestHeaders(t *testing.T) {
	headers := Headers{{"a", "1"}, {"b", "2"}, {"a", "3"}}
	if got, ok := headers.First("a"); got != "1" || !ok {
		t.Errorf(`First("a") = %q, %v, want "1"`, got, ok)
	}
	if got, ok := headers.Last("a"); got != "3" || !ok {
		t.Errorf(`Last("a") = %q, %v, want "3"`, got, ok)
	}
	if diff := cmp.Diff([]string{"1", "3"}, headers.Values("a")); diff != "" {
		t.Errorf("Values(\"a\") (-want +got):\n%s", diff)
	}
	for _, find := range []func(string) (string, bool){headers.First, headers.Last, headers.Only} {
		if got, ok := find("c"); ok {
			t.Errorf(`a look-up of "c" = %q, want none`, got)
		}
	}
	for name, want := range map[string]string{"a": "1, 3", "b": "2", "c": ""} {
		if got := headers.Joined(name, ", "); got != want {
			t.Errorf("Joined(%q) = %q, want %q", name, got, want)
		}
	}
	if got, ok := headers.Only("b"); got != "2" || !ok {
		t.Errorf(`Only("b") = %q, %v, want "2"`, got, ok)
	}
	if got, ok := headers.Only("a"); ok {
		t.Errorf(`Only("a") = %q, want none of two`, got)
	}
	if got := headers.Values("c"); got != nil {
		t.Errorf(`Values("c") = %q, want none`, got)
	}
}

func TestFields(t *testing.T) {
	set := FieldTime | FieldBody
	for _, tc := range []struct {
		name string
		want Fields
		has  bool
	}{
		{"one of them", FieldTime, true},
		{"both", FieldTime | FieldBody, true},
		{"another", FieldSource, false},
		{"one of them and another", FieldTime | FieldSource, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := set.Has(tc.want); got != tc.has {
				t.Errorf("Has(%b) = %v, want %v", tc.want, got, tc.has)
			}
		})
	}
}
