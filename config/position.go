// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Locate says where byte i of t.Value stands in the document: line and column, both from 1, columns in bytes. i below 0
// is the opening quote, i past the end the closing one. A byte that an escape sequence stands for is where the sequence
// begins. Both are 0 for a text that is not of this document. It remembers places, so it is for one goroutine at a time.
func (d *Document) Locate(t Text, i int) (line, column int) {
	if t.Offset < 0 || t.Offset >= len(d.Source) {
		return 0, 0
	}
	return d.places.position(d.Source, d.offset(t, i))
}

// Finding is a finding about byte i of t.Value, in the form that Decode gives its own.
func (d *Document) Finding(severity Severity, t Text, i int, message string) Finding {
	line, column := d.Locate(t, i)
	return Finding{Severity: severity, Path: t.Path, Line: line, Column: column, Message: message}
}

// offset is the byte of the document where byte i of t.Value stands.
func (d *Document) offset(t Text, i int) int {
	if i < 0 || d.Source[t.Offset] != '"' {
		return t.Offset
	}
	c := &d.places.cursor
	if c.text != t.Offset || c.at == 0 || i < c.passed {
		*c = cursor{text: t.Offset, at: t.Offset + 1}
	}
	c.move(d.Source, i)
	return min(c.at, len(d.Source))
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
