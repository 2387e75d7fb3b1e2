// SPDX-License-Identifier: Apache-2.0

// Package lines finds bytes in a text by line and column, and back, and the first one that is not UTF-8.
package lines

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Lines is a text with its lines. It remembers the last place that was looked for, so it is for one goroutine at a time.
type Lines struct {
	// Text is the whole text.
	Text string
	// starts are the bytes where lines begin. Lines end with a line feed.
	starts []int
	// line, column and at are the last place in characters.
	line, column, at int
}

// New finds the lines of a text.
func New(text string) *Lines {
	l := &Lines{Text: text, starts: append(make([]int, 0, 1+strings.Count(text, "\n")), 0)}
	for at := 0; ; {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			return l
		}
		at += next + 1
		l.starts = append(l.starts, at)
	}
}

// Len is the number of lines: one more than there are line feeds.
func (l *Lines) Len() int { return len(l.starts) }

// Start is the byte where a line begins, from 0, and the end of the text for lines that are not there.
func (l *Lines) Start(line int) int {
	if line < 0 || line >= len(l.starts) {
		return len(l.Text)
	}
	return l.starts[line]
}

// Line is a line by its number, from 0, without its line feed.
func (l *Lines) Line(line int) string {
	return strings.TrimSuffix(l.Text[l.Start(line):l.Start(line+1)], "\n")
}

// Of is the number of the line, from 0, that a byte stands in.
func (l *Lines) Of(at int) int { return sort.SearchInts(l.starts, at+1) - 1 }

// Position is the line and the column of a byte, both from 1, the column in bytes.
func (l *Lines) Position(at int) (line, column int) {
	line = l.Of(at)
	return line + 1, at - l.Start(line) + 1
}

// Offset is the byte at a line and a column, both from 1, columns in bytes.
func (l *Lines) Offset(line, column int) int {
	return min(l.Start(line-1)+max(column, 1)-1, len(l.Text))
}

// RuneOffset is the byte at a line and a column, both from 1, columns in characters. It goes on from the last place: a whole text
// may be one line.
func (l *Lines) RuneOffset(line, column int) int {
	if line != l.line || column < l.column {
		l.line, l.column, l.at = line, 1, l.Start(line-1)
	}
	for l.column < column && l.at < len(l.Text) && l.Text[l.at] != '\n' {
		_, size := utf8.DecodeRuneInString(l.Text[l.at:])
		l.at += size
		l.column++
	}
	return l.at
}

// NotUTF8 is the first byte of a text that is not UTF-8, -1 when all are.
func NotUTF8(text string) int {
	if utf8.ValidString(text) {
		return -1 // in the usual case, and faster
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}
