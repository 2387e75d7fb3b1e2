// SPDX-License-Identifier: Apache-2.0

package jsonread

import "testing"

func TestListed(t *testing.T) {
	for _, tc := range []struct {
		name    string
		choices []string
		want    string
	}{
		{"one", []string{"a"}, `"a"`},
		{"two", []string{"a", "b"}, `"a" or "b"`},
		{"three", []string{"a", "b", "c"}, `"a", "b" or "c"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Listed(tc.choices); got != tc.want {
				t.Errorf("Listed(%q) = %s, want %s", tc.choices, got, tc.want)
			}
		})
	}
}
