// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// newline ends a line; the "\r" of "\r\n" is the last byte of its line.
var newline = []byte{'\n'}

// Places remembers what was learnt while places of a document were located, so that thousands of findings in one
// document do not read it from its start each.
type Places struct {
	// lines are the offsets at which lines start, nil until the first place is asked for. A document is too short for
	// them not to fit, and there may be a million.
	lines []int32
	// cursor is where the last byte of a string was found.
	cursor cursor
	// steps are the keys and elements in their order, nil until the first path is asked for.
	steps []step
	// path is the latest path, "" for none, and last its last step.
	path string
	last int
}

// Position is the line and the column of a byte of source.
func (p *Places) Position(source []byte, offset int) (line, column int) {
	if p.lines == nil {
		p.lines = lineStarts(source)
	}
	line, found := slices.BinarySearch(p.lines, int32(offset))
	if found {
		line++
	}
	return line, offset - int(p.lines[line-1]) + 1
}

// Locate says where byte i of t.Value stands in source: line and column, both from 1, columns in bytes. i below 0 is the
// opening quote, i past the end the closing one. A byte that an escape sequence stands for is where the sequence begins.
// Both are 0 for a text that is not of source.
func (p *Places) Locate(source []byte, t Text, i int) (line, column int) {
	if t.Offset < 0 || t.Offset >= len(source) {
		return 0, 0
	}
	return p.Position(source, p.offset(source, t, i))
}

// offset is the byte of source where byte i of t.Value stands.
func (p *Places) offset(source []byte, t Text, i int) int {
	if i < 0 || source[t.Offset] != '"' {
		return t.Offset
	}
	c := &p.cursor
	if c.text != t.Offset || c.at == 0 || i < c.passed {
		*c = cursor{text: t.Offset, at: t.Offset + 1}
	}
	c.move(source, i)
	return min(c.at, len(source))
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

// character measures the first character of a string literal's content: the bytes that it is written with, and the
// bytes that it means. Without an escape it measures one byte.
func character(content []byte) (written, meant int) {
	if content[0] != '\\' {
		return 1, 1
	}
	r, ok := unicodeEscape(content)
	if !ok {
		return 2, 1
	}
	if utf16.IsSurrogate(r) {
		return 12, 4
	}
	return 6, utf8.RuneLen(r)
}

// unicodeEscape reads \uXXXX.
func unicodeEscape(content []byte) (rune, bool) {
	if len(content) < 6 || content[1] != 'u' {
		return 0, false
	}
	r, err := strconv.ParseUint(string(content[2:6]), 16, 16)
	return rune(r), err == nil
}
