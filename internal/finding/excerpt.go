// SPDX-License-Identifier: Apache-2.0

package finding

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// excerptWidth is how much of a long line is shown, in bytes, around the place.
const excerptWidth = 100

// excerpt shows a line around byte at, and what stands in front of a caret below it: tabs stay tabs, so that the caret meets its
// place whatever their width.
func excerpt(line string, at int) (shown, caret string) {
	at = runeStart(line, min(max(at, 0), len(line)))
	from := 0
	if at > excerptWidth*3/4 {
		from = runeStart(line, at-excerptWidth/2)
	}
	to := len(line)
	if to-from > excerptWidth {
		to = runeStart(line, from+excerptWidth)
	}
	front, back := "", ""
	if from > 0 {
		front = "..."
	}
	if to < len(line) {
		back = "..."
	}
	var b strings.Builder
	for _, r := range front + Printable(line[from:at]) {
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteString("  "[:columns(r)])
		}
	}
	return front + Printable(line[from:to]) + back, b.String()
}

// columns is how many columns of a terminal a character takes (UAX #11).
func columns(r rune) int {
	switch kind := width.LookupRune(r).Kind(); {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
		return 2
	default:
		return 1
	}
}

// runeStart is the first byte of the character that byte at belongs to.
func runeStart(s string, at int) int {
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// PrintableLines is what Printable makes of each line of a text.
func PrintableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = Printable(line)
	}
	return strings.Join(lines, "\n")
}

// Printable replaces what a terminal would act upon: control characters, and those that turn the direction of a text, which can
// show it in another order than it has.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// characters turns columns in bytes into columns in characters, both from 1: some tools count those. Findings come in the order of the
// text, so it goes on where the last one stood: a line may be as long as a file.
type characters struct {
	file         string
	line         int
	bytes, count int
}

// of is the column of a place in characters.
func (c *characters) of(p Place) int {
	at := p.Column - 1
	if at < 0 || at > len(p.Excerpt) {
		return p.Column
	}
	if c.file != p.File || c.line != p.Line || at < c.bytes {
		*c = characters{file: p.File, line: p.Line}
	}
	c.count += utf8.RuneCountInString(p.Excerpt[c.bytes:at])
	c.bytes = at
	return c.count + 1
}
