// SPDX-License-Identifier: Apache-2.0

package grammar

import "testing"

func TestCoversHost(t *testing.T) {
	for _, tc := range []struct {
		wide, narrow string
		want         bool
	}{
		{"a.example.com", "A.example.COM", true},
		{"*.Example.com", "a.b.example.com", true},
		{"*.example.com", "*.example.com", true},
		{"*.example.com", "*.a.example.com", true},
		{"*.example.com", "example.com", false},
		{"*.example.com", ".example.com", false},
		{"*.example.com", "xexample.com", false},
		{"*.a.example.com", "*.example.com", false},
		{"a.example.com", "*.example.com", false},
		{"*", "a", false},
		{"*a", "ba", false},
	} {
		if got := CoversHost(tc.wide, tc.narrow); got != tc.want {
			t.Errorf("CoversHost(%q, %q) = %t, want %t", tc.wide, tc.narrow, got, tc.want)
		}
	}
}
