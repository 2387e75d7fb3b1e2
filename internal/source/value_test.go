// SPDX-License-Identifier: Apache-2.0

package source

import "testing"

func TestEqual(t *testing.T) {
	for _, tc := range []struct {
		one, other string
		want       bool
	}{
		{"a: 1\nb: [x, {c: d}]", `{"b": ["x", {"c": "d"}], "a": 1}`, true},
		{"a: &x {b: c}\nd: *x", "a: {b: c}\nd: {b: c}", true},
		{"a: 1\na: 2", "a: 1\na: 2", true},
		{"a: 1\na: 2", "a: 2\na: 1", false},
		{"a: 1", "a: '1'", false},
		{"a: 1", "a: 1\nb: 2", false},
		{"a: [b, c]", "a: [c, b]", false},
		{"a: [b]", "a: [b, c]", false},
		{"a: []", "a: {}", false},
		{"a: b", "b: b", false},
	} {
		one, _ := Read("a.yaml", []byte(tc.one))
		other, _ := Read("a.yaml", []byte(tc.other))
		if got := one.Root().Equal(other.Root()); got != tc.want {
			t.Errorf("%q and %q: equal %t, want %t", tc.one, tc.other, got, tc.want)
		}
	}
}
