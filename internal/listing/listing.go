// SPDX-License-Identifier: Apache-2.0

// Package listing writes tables, words and counts as text for people.
package listing

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Table writes rows of the same number of cells below each other, each line behind an indentation. Columns without text are left
// out, and the last one may be as long as it is.
func Table(indentation string, rows [][]string) string {
	if len(rows) == 0 {
		return ""
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := indentation
		gap := ""
		for i, cell := range row {
			if widths[i] > 0 {
				line += gap + cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
				gap = "  "
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// Words lists words in a sentence.
func Words[T ~string](words []T) string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = string(word)
	}
	return strings.Join(list, ", ")
}

// Count is a number of things.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Number is a number that is not negative, with commas between thousands.
func Number(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
