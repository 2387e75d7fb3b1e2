// SPDX-License-Identifier: Apache-2.0

package pathtemplate

// Segments is a path cut at its slashes, as far as templates look. A path is cut once for all templates that are asked
// whether they take it: clients choose how long its segments are. The zero Segments is that of no path.
type Segments struct {
	// text is that of the path.
	text string
	// ends[i] is where segment i ends in text. What is behind the last end is not cut.
	ends []int
}

// Segments cuts the first n segments off, for templates of a Depth up to n.
func (p Path) Segments(n int) Segments {
	s := Segments{text: p.text, ends: make([]int, 0, min(n, 16))}
	for end := 0; len(s.ends) < n && end < len(p.text); {
		end = segmentEnd(p.text, end, len(p.text))
		s.ends = append(s.ends, end)
	}
	return s
}

// has reports whether the path has a segment i, from 0.
func (s Segments) has(i int) bool { return i < len(s.ends) }

// at is segment i, which the path has.
func (s Segments) at(i int) string {
	begin := s.begin(i)
	return s.text[begin+1 : s.ends[i]]
}

// from is segment i, which the path has, with all that is behind it.
func (s Segments) from(i int) string { return s.text[s.begin(i)+1:] }

// begin is where the slash before segment i stands.
func (s Segments) begin(i int) int {
	if i == 0 {
		return 0
	}
	return s.ends[i-1]
}

// isLast reports whether segment i, which the path has, is its last one.
func (s Segments) isLast(i int) bool { return s.ends[i] == len(s.text) }
