// SPDX-License-Identifier: Apache-2.0

// Package nearest finds the known name that somebody probably meant when they wrote an unknown one.
package nearest

import "gatewayresponses/internal/chars"

// maxLength is the length of the longest name that is looked for, in bytes. The time to compare two names grows with
// the square of it, and no name of ours or of AWS is longer.
const maxLength = 64

// Of returns the candidate nearest to name, and whether one is near enough to be worth suggesting: the same but for case,
// or at most one edit in four characters away (always at least one). Of equally near ones the first wins. A name too long
// to be a known one has none.
func Of(name string, candidates []string) (string, bool) {
	if len(name) > maxLength {
		return "", false
	}
	best, bestDistance := "", max(1, len(name)/4)+1
	for _, candidate := range candidates {
		if chars.EqualFold(candidate, name) {
			return candidate, true
		}
		if d := distance(chars.Lower(name), chars.Lower(candidate), bestDistance); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best, best != ""
}

// distance is the Levenshtein distance of a and b in bytes, or limit when it is not below that.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substituted := diagonal
			if a[i] != b[j] {
				substituted++
			}
			diagonal = row[j+1]
			row[j+1] = min(substituted, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(b)], limit)
}
