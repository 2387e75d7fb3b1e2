// SPDX-License-Identifier: Apache-2.0

package finding

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The escape sequences of terminals (ECMA-48) that findings are coloured with.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	bold   = "\x1b[1m"
	reset  = "\x1b[0m"
)

// excerptWidth is how much of a long line is shown, in bytes, around the place.
const excerptWidth = 100

// Text writes findings for people: place, severity and message, then the line with a caret below the place.
func (l List) Text(w io.Writer, colour bool) error {
	for _, f := range l {
		if _, err := io.WriteString(w, f.text(colour)); err != nil {
			return err
		}
	}
	return nil
}

// text is one finding as people read it.
func (f Finding) text(colour bool) string {
	paint := func(sequence, text string) string {
		if !colour {
			return text
		}
		return sequence + text + reset
	}
	var b strings.Builder
	if place := f.Place.String(); place != "" {
		b.WriteString(paint(bold, place) + ": ")
	}
	b.WriteString(paint(severityColour(f.Severity), string(f.Severity)) + ": ")
	if f.Path != "" {
		b.WriteString(f.Path + ": ")
	}
	b.WriteString(f.Message)
	if f.Code != "" {
		b.WriteString(" [" + f.Code + "]")
	}
	b.WriteByte('\n')
	if f.Line > 0 && f.Excerpt != "" {
		line, caret := cut(f.Excerpt, f.Column-1)
		margin := fmt.Sprintf("%5d", f.Line)
		b.WriteString(margin + " | " + line + "\n")
		b.WriteString(strings.Repeat(" ", len(margin)) + " | " + caret + paint(severityColour(f.Severity), "^") + "\n")
	}
	return b.String()
}

// String is "file:line:column", or as much of it as is known.
func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

func severityColour(s Severity) string {
	switch s {
	case Error:
		return red
	case Warning:
		return yellow
	default:
		return cyan
	}
}

// cut shows a line around byte at, and what stands in front of a caret below it: tabs stay tabs, so that the caret meets its
// place whatever their width.
func cut(line string, at int) (shown, caret string) {
	at = min(max(at, 0), len(line))
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
	for _, r := range front + line[from:at] {
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	return front + printable(line[from:to]) + back, b.String()
}

// runeStart is the first byte of the character that byte at belongs to.
func runeStart(s string, at int) int {
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// printable replaces what a terminal would act upon.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && (r < 0x20 || r >= 0x7f && r < 0xa0 || r == utf8.RuneError) {
			return '\uFFFD'
		}
		return r
	}, s)
}
