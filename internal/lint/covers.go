// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/glob"
	"gatewayresponses/internal/grammar"
)

// maxComparisons is how many conditions are compared with each other, in one document: those of all pairs would grow as the square of
// its size.
const maxComparisons = 1 << 20

// comparer compares conditions until there were too many.
type comparer struct{ left int }

// isOver reports whether there were too many comparisons.
func (c *comparer) isOver() bool { return c.left <= 0 }

// covered reports whether each element of narrow is covered by one of wide. A list that is nil holds always. Both hold when one of
// their elements does.
func covered[T any](c *comparer, wide, narrow []T, covers func(wide, narrow T) bool) bool {
	if wide == nil {
		return true
	}
	for _, n := range narrow {
		found := false
		for _, w := range wide {
			c.left--
			if c.isOver() {
				return false
			}
			if covers(w, n) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return narrow != nil
}

// coversGlob reports whether a glob matches all that another one matches: a "*" of that is only matched by one of its own.
func coversGlob(wide, narrow config.Text) bool { return glob.Match(wide.Value, narrow.Value) }

// isSame reports whether two texts are equal.
func isSame(wide, narrow config.Text) bool { return wide.Value == narrow.Value }

// coversHost reports whether a host of a match stands for all that another one stands for.
func coversHost(wide, narrow config.Text) bool { return grammar.CoversHost(wide.Value, narrow.Value) }

// coversPath reports whether a path template takes all paths that another one takes.
func coversPath(wide, narrow string) bool {
	w, n := strings.Split(wide, "/"), strings.Split(narrow, "/")
	for i := range w {
		last := i == len(w)-1
		switch {
		case i >= len(n):
			return false
		case strings.HasSuffix(w[i], "+}"):
			return n[i] != "" // an empty segment is nothing to take
		case last && len(n) > len(w):
			return false
		case strings.HasPrefix(w[i], "{"):
			if n[i] == "" || strings.HasSuffix(n[i], "+}") {
				return false
			}
		case w[i] != n[i]:
			return false
		}
	}
	return true
}
