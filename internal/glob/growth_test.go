// SPDX-License-Identifier: Apache-2.0

package glob

import (
	"strconv"
	"testing"

	"gatewayresponses/internal/growth"
)

// FuzzMatchGrowth: the work grows as pattern and text.
func FuzzMatchGrowth(f *testing.F) {
	f.Add("*a", "a", "b")
	f.Add("*aa", "a", "a")
	f.Add("*", "*", "")
	f.Fuzz(func(t *testing.T, pattern, text, tail string) {
		if max(len(pattern), len(text), len(tail)) > growth.MaxFragment {
			return
		}
		growth.Check(t, "matching "+strconv.Quote(text)+" against "+strconv.Quote(pattern), func(size int) func() {
			pattern, text := growth.Repeat("", pattern, tail, size), growth.Repeat("", text, "", size)
			return func() { Match(pattern, text) }
		})
	})
}
