// SPDX-License-Identifier: Apache-2.0

package nearest

import (
	"strings"
	"testing"

	"gatewayresponses/internal/growth"
)

// FuzzDistance: what is looked at near the diagonal gives what the whole matrix gives.
func FuzzDistance(f *testing.F) {
	f.Add("context.path", "context.paht")
	f.Add("THROTTLED", "throttle")
	f.Add("", "a")
	f.Fuzz(func(t *testing.T, name, candidate string) {
		if len(name) > maxLength || len(candidate) > maxLength {
			return
		}
		limit := max(1, len(name)/4) + 1
		want := levenshtein(strings.ToLower(name), strings.ToLower(candidate)) < limit
		if strings.ToLower(name) != asciiLower(name) || strings.ToLower(candidate) != asciiLower(candidate) {
			return
		}
		if _, got := Of(name, []string{candidate}); got != (want && (candidate != "" || name == "")) {
			t.Errorf("Of(%q, %q) finds one: %v, want %v", name, candidate, got, want)
		}
	})
}

// asciiLower is text with its ASCII letters in lower case.
func asciiLower(text string) string {
	lower := []byte(text)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return string(lower)
}

// levenshtein is the distance by the book.
func levenshtein(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			switch {
			case i == 0 || j == 0:
				rows[i][j] = i + j
			case a[i-1] == b[j-1]:
				rows[i][j] = rows[i-1][j-1]
			default:
				rows[i][j] = 1 + min(rows[i-1][j-1], rows[i-1][j], rows[i][j-1])
			}
		}
	}
	return rows[len(a)][len(b)]
}

// FuzzGrowth: a search through more candidates takes no more than its share, and a search has an end.
func FuzzGrowth(f *testing.F) {
	f.Add("context.path", "context.paht")
	f.Add(strings.Repeat("a", maxLength), strings.Repeat("ab", maxLength/2))
	f.Add("x", strings.Repeat("long", 16))
	f.Fuzz(func(t *testing.T, name, candidate string) {
		if len(candidate) > growth.MaxFragment {
			return
		}
		growth.Check(t, "a search for "+name+" among "+candidate, func(size int) func() {
			candidates := slicesOf(candidate, size/8)
			return func() { Of(name, candidates) }
		})
		var search Search
		for range 3 * maxSteps / perCandidate / 1000 {
			search.Of(name, slicesOf(candidate, 1000))
		}
		if limit := maxSteps + maxLength*(2*maxDistance+3); search.steps > limit {
			t.Errorf("a search for %q among %q takes %d steps, want at most %d", name, candidate, search.steps, limit)
		}
	})
}

// slicesOf is the same text n times.
func slicesOf(text string, n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = text
	}
	return texts
}
