// SPDX-License-Identifier: Apache-2.0

package nearest

import (
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	types := []string{"THROTTLED", "UNAUTHORIZED", "DEFAULT_4XX", "DEFAULT_5XX", "to"}
	for _, tc := range []struct{ name, in, want string }{
		{"letter missing", "THROTLED", "THROTTLED"},
		{"letters swapped", "THROTTELD", "THROTTLED"},
		{"other case", "throttled", "THROTTLED"},
		{"first of two as near", "DEFAULT_6XX", "DEFAULT_4XX"},
		{"short names allow one edit", "ti", "to"},
		{"far off", "NOT_FOUND", ""},
		{"empty", "", ""},
		{"much longer", "THROTTLED_BY_SOMEBODY_ELSE", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, ok := Of(tc.in, types)
			if got != tc.want || ok != (tc.want != "") {
				t.Errorf("Of(%q) = %q, %v, want %q", tc.in, got, ok, tc.want)
			}
		})
	}
}

func TestDistance(t *testing.T) {
	for _, tc := range []struct {
		name, a, b string
		limit      int
		want       int
	}{
		{"equal", "abc", "abc", 9, 0},
		{"inserted", "abc", "abxc", 9, 1},
		{"deleted", "abc", "ac", 9, 1},
		{"substituted", "abc", "axc", 9, 1},
		{"classic", "kitten", "sitting", 9, 3},
		{"stops at the limit", "kitten", "sitting", 2, 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := new(Search).distance(tc.a, tc.b, tc.limit); got != tc.want {
				t.Errorf("distance(%q, %q) = %d, want %d", tc.a, tc.b, got, tc.want)
			}
		})
	}
}

// TestOfLong holds that a long name is not compared with others: the time would grow with the square of its length.
func TestOfLong(t *testing.T) {
	for n, want := range map[int]bool{maxLength: true, maxLength + 1: false} {
		name := strings.Repeat("a", n)
		if _, ok := Of(name, []string{name[1:]}); ok != want {
			t.Errorf("Of a name of %d bytes = %v, want %v", n, ok, want)
		}
	}
}
