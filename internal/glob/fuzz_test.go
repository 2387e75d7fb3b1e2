// SPDX-License-Identifier: Apache-2.0

package glob

import (
	"strings"
	"testing"
)

// reference says by definition what Match says by construction: a star stands for nothing, or for one byte more.
func reference(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return reference(pattern[1:], text) || text != "" && reference(pattern, text[1:])
	default:
		return text != "" && pattern[0] == text[0] && reference(pattern[1:], text[1:])
	}
}

// FuzzMatch holds that Match agrees with the reference, and what follows from the definition for every pattern.
func FuzzMatch(f *testing.F) {
	for _, tc := range matchCases {
		f.Add(tc.pattern, tc.text)
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		// The reference takes exponential time.
		if len(pattern) > 24 || len(text) > 24 || strings.Count(pattern, "*") > 4 {
			return
		}
		if parsed := Parse(pattern); parsed.Written() != pattern {
			t.Errorf("Parse(%q) was written %q", pattern, parsed.Written())
		}
		got := Match(pattern, text)
		if want := reference(pattern, text); got != want {
			t.Errorf("Match(%q, %q) = %v, want %v", pattern, text, got, want)
		}
		if !strings.Contains(text, "*") && !Match(text, text) {
			t.Errorf("Match(%q, %q) = false, want a text without a star to match itself", text, text)
		}
		if got && !Match("*"+pattern, "x"+text) {
			t.Errorf("Match(%q, %q) = false, want a star in front to take the x", "*"+pattern, "x"+text)
		}
		if got && !Match(pattern+"*", text+"x") {
			t.Errorf("Match(%q, %q) = false, want a star at the end to take the x", pattern+"*", text+"x")
		}
	})
}
