// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"strings"
	"testing"
)

func TestJoinLongKeys(t *testing.T) {
	long := strings.Repeat("k", maxPathKey)
	for _, tc := range []struct{ path, key, want string }{
		{"a", long, "a." + long},
		{"a", long + "k", `a["` + long + `"...]`},
		{"", strings.Repeat("é", maxPathKey), `["` + strings.Repeat("é", maxPathKey/2) + `"...]`},
	} {
		if got := join(tc.path, tc.key); got != tc.want {
			t.Errorf("join(%q, %q) = %s, want %s", tc.path, tc.key, got, tc.want)
		}
	}
}

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

func TestJoin(t *testing.T) {
	for _, tc := range []struct{ name, path, key, want string }{
		{"root", "", "mode", "mode"},
		{"word", "api", "id", "api.id"},
		{"digits and underscore", "gatewayResponses", "DEFAULT_4XX", "gatewayResponses.DEFAULT_4XX"},
		{"hyphen", "stageVariables", "docs-2", `stageVariables["docs-2"]`},
		{"hyphen in the root", "", "x-note", `["x-note"]`},
		{"empty", "stageVariables", "", `stageVariables[""]`},
		{"quote and line feed", "stageVariables", "a\"\n", `stageVariables["a\"\n"]`},
		{"letter beyond ASCII", "stageVariables", "ä", `stageVariables["ä"]`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := join(tc.path, tc.key); got != tc.want {
				t.Errorf("join(%q, %q) = %s, want %s", tc.path, tc.key, got, tc.want)
			}
		})
	}
}
