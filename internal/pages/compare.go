// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"regexp"
	"slices"
)

// leftOut is the line that stands for those that a page leaves out.
const leftOut = "..."

// duration is how long something took, which differs from run to run.
var duration = regexp.MustCompile(`\b\d+(\.\d+)? ?(ns|µs|ms|s)\b`)

// timeless is a line as it is compared.
func timeless(line string) string { return duration.ReplaceAllString(line, "0s") }

// Matches reports whether a command printed what the page shows.
func Matches(shown, printed []string) bool {
	parts := split(shown)
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return equal(shown, printed)
	}
	if len(first)+len(last) > len(printed) || !equal(first, printed[:len(first)]) {
		return false
	}
	rest := printed[len(first):]
	tail := len(rest) - len(last)
	if !equal(last, rest[tail:]) {
		return false
	}
	rest = rest[:tail]
	for _, part := range parts[1 : len(parts)-1] {
		at, alike := best(part, rest)
		if alike < len(part) {
			return false
		}
		rest = rest[at+len(part):]
	}
	return true
}

// Reshape is what a page shows of what a command printed, with as many lines left out as were, and the same ones where they are
// still printed.
func Reshape(shown, printed []string) []string {
	parts := split(shown)
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 || len(first)+len(last) > len(printed) {
		return append([]string{}, printed...)
	}
	out := append(slices.Clone(printed[:len(first)]), leftOut)
	rest := printed[len(first) : len(printed)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		from, to := extent(part, rest)
		if from == to {
			continue
		}
		out = append(append(out, rest[from:to]...), leftOut)
		rest = rest[to:]
	}
	return append(out, printed[len(printed)-len(last):]...)
}

// split are the parts of what is shown between those that are left out.
func split(shown []string) [][]string {
	parts := [][]string{nil}
	for _, line := range shown {
		if line == leftOut {
			parts = append(parts, nil)
			continue
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], line)
	}
	return parts
}

// extent is where a part stands in lines that have changed: from its first line to its last one, if both are still there, so that
// lines between them may be more or fewer; else where most of its lines stand.
func extent(part, lines []string) (from, to int) {
	if len(part) == 0 {
		return 0, 0
	}
	isFirst := func(line string) bool { return timeless(line) == timeless(part[0]) }
	if from = slices.IndexFunc(lines, isFirst); from >= 0 {
		last := -1
		for i := from; i < len(lines); i++ {
			if timeless(lines[i]) == timeless(part[len(part)-1]) && (last < 0 || distance(i, from+len(part)-1) < distance(last, from+len(part)-1)) {
				last = i
			}
		}
		if last >= 0 {
			return from, last + 1
		}
	}
	at, alike := best(part, lines)
	if alike == 0 {
		return 0, 0
	}
	return at, at + len(part)
}

// distance is how far two numbers are apart.
func distance(a, b int) int { return max(a-b, b-a) }

// best is the first place in lines where most lines of a part stand, and how many.
func best(part, lines []string) (at, alike int) {
	for i := 0; i+len(part) <= len(lines); i++ {
		n := 0
		for j, line := range part {
			if timeless(line) == timeless(lines[i+j]) {
				n++
			}
		}
		if n > alike {
			at, alike = i, n
		}
	}
	return at, alike
}

// equal reports whether two lists of lines are the same but for durations.
func equal(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return timeless(x) == timeless(y) })
}
