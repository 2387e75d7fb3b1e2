// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"slices"
)

// newline ends a line; the "\r" of "\r\n" is the last byte of its line.
var newline = []byte{'\n'}

// places remembers what was learnt while places of a document were located, so that thousands of findings in one
// document do not read it from its start each.
type places struct {
	// lines are the offsets at which lines start, nil until the first place is asked for. A document is too short for
	// them not to fit, and there may be a million.
	lines []int32
	// cursor is where the last byte of a string was found.
	cursor cursor
}

// position is the line and the column of a byte of source.
func (p *places) position(source []byte, offset int) (line, column int) {
	if p.lines == nil {
		p.lines = lineStarts(source)
	}
	line, found := slices.BinarySearch(p.lines, int32(offset))
	if found {
		line++
	}
	return line, offset - int(p.lines[line-1]) + 1
}

// lineStarts are the offsets at which the lines of source start.
func lineStarts(source []byte) []int32 {
	starts := make([]int32, 1, bytes.Count(source, newline)+1)
	for i, c := range source {
		if c == '\n' {
			starts = append(starts, int32(i+1))
		}
	}
	return starts
}

// cursor is a place in a string literal. It only moves on: findings about one string come in its order.
type cursor struct {
	// text is the offset of the opening quote.
	text int
	// at is the offset of a character, 0 for none, and passed how many bytes the characters before it mean.
	at, passed int
}

// move goes on to the character that means byte i, or to the end of the literal.
func (c *cursor) move(source []byte, i int) {
	for c.at < len(source) && source[c.at] != '"' {
		written, meant := character(source[c.at:])
		if i < c.passed+meant {
			return
		}
		c.passed += meant
		c.at += written
	}
}
