// SPDX-License-Identifier: Apache-2.0

// Package nearest finds the known name that somebody probably meant when they wrote an unknown one.
package nearest

import "gatewayresponses/internal/chars"

const (
	// maxLength is the length of the longest name that is looked for, in bytes. No name of ours or of AWS is longer.
	maxLength = 64
	// maxDistance is how far from it a candidate can be.
	maxDistance = maxLength / 4
)

// Of returns the candidate nearest to name, and whether one is near enough to be worth suggesting: the same but for case,
// or at most one edit in four characters away (always at least one). Of equally near ones the first wins. A name too long
// to be a known one has none.
func Of(name string, candidates []string) (string, bool) {
	var search Search
	return search.Of(name, candidates)
}

// maxSteps is how many bytes a Search compares: some milliseconds of work in a VM.
const maxSteps = 1 << 19

// perCandidate is what a candidate costs that is not compared at all, in steps.
const perCandidate = 8

// Search looks for many names within a bound: whoever writes a document can put thousands of unknown names into it, and
// thousands of names that they could mean. Once the work of a Search is done it finds nothing more. The zero value is ready
// to use.
type Search struct{ steps int }

// Brief is a search with a sixteenth of the bound, for texts that are read while a client waits.
func Brief() Search { return Search{maxSteps - maxSteps/16} }

// Spend notes work for the search that was done elsewhere, such as sorting the candidates, and reports whether there was
// still some allowed. A step is about a nanosecond of work.
func (s *Search) Spend(steps int) bool {
	if s.steps >= maxSteps {
		return false
	}
	s.steps += steps
	return true
}

// Of is like the function Of, and finds nothing once the work of the search is done.
func (s *Search) Of(name string, candidates []string) (string, bool) {
	if len(name) > maxLength {
		return "", false
	}
	lower := chars.Lower(name)
	best, limit := "", max(1, len(name)/4)+1
	for _, candidate := range candidates {
		if !s.Spend(perCandidate) {
			break
		}
		if len(candidate)-len(name) >= limit || len(name)-len(candidate) >= limit {
			continue
		}
		if chars.EqualFold(candidate, name) {
			return candidate, true
		}
		if d := s.distance(lower, chars.Lower(candidate), limit); d < limit {
			best, limit = candidate, d
		}
	}
	return best, best != ""
}

// distance is the Levenshtein distance of a and b in bytes, or limit when it is not below that. Their lengths differ by less
// than the limit. Only cells of the matrix near its diagonal are looked at: all others are not below the limit.
func (s *Search) distance(a, b string, limit int) int {
	var row [maxLength + maxDistance + 1]int
	for j := range len(b) + 1 {
		row[j] = min(j, limit)
	}
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-limit+1), min(len(b), i+limit-1)
		diagonal := row[from-1]
		row[from-1] = limit
		if from == 1 {
			row[0] = min(i, limit)
		}
		nearest := row[from-1]
		for j := from; j <= to; j++ {
			substituted := diagonal
			if a[i-1] != b[j-1] {
				substituted++
			}
			diagonal = row[j]
			row[j] = min(substituted, row[j]+1, row[j-1]+1)
			nearest = min(nearest, row[j])
		}
		s.steps += to - from + 1
		if nearest >= limit {
			return limit
		}
	}
	return min(row[len(b)], limit)
}
