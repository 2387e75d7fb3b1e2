// SPDX-License-Identifier: Apache-2.0

package source

import (
	"strings"
	"unicode/utf8"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/yamltext"
)

// style is how a scalar was written.
type style uint8

const (
	// bare is a value that is no string, and a bracket.
	bare style = iota
	// plain is a string without quotes, singleQuoted and doubleQuoted one in quotes, block one behind "|" or ">", and whole one
	// that is a file.
	plain
	singleQuoted
	doubleQuoted
	block
	whole
)

// cursor is how far a string was followed, so that a thousand findings in one string do not follow it from its start each.
type cursor struct {
	of *Value
	// json bytes of its JSON stand for decoded bytes of its text, which end at byte at of the file.
	json, decoded, at int
}

// origin is the byte of the file that byte i of the value's JSON stands for.
func (c *cursor) origin(v *Value, i int) int {
	if v.style == bare || i <= 0 {
		return v.from
	}
	if c.of != v || i < c.json {
		*c = cursor{of: v, json: 1, at: v.from}
		if v.style == singleQuoted || v.style == doubleQuoted {
			c.at++
		}
	}
	from := c.decoded
	c.json, c.decoded = decodedBefore(v.Text, i, c.json, c.decoded)
	c.follow(from)
	at := c.at
	if v.style == block && c.decoded > 0 && v.Text[c.decoded-1] == '\n' {
		at += yamltext.Indentation(v.file.text[min(at, len(v.file.text)):])
	}
	return min(at, len(v.file.text))
}

// follow goes on from the byte of the text that the cursor was at to the one where it is now.
func (c *cursor) follow(n int) {
	v, written := c.of, c.of.file.text
	if v.style == whole {
		c.at = c.decoded
		return
	}
	for n < c.decoded && c.at < len(written) {
		if v.style == doubleQuoted && written[c.at] == '\\' {
			length, stands := escape(written[c.at:])
			c.at, n = c.at+length, n+stands
			continue
		}
		want, is := v.Text[n], written[c.at]
		switch {
		case want == is:
			c.at, n = c.at+1, n+1
			if v.style == singleQuoted && is == '\'' {
				c.at++
			}
		case (want == ' ' || want == '\n') && (is == '\n' || is == '\r'):
			// A folded line break.
			c.at, n = c.at+len(lineBreak(written[c.at:])), n+1
			c.at += yamltext.Indentation(written[c.at:])
		case strings.IndexByte(" \t\r\n", is) >= 0:
			c.at++
		default:
			// What stands here is not the text: nobody reads YAML as this does. Stay.
			return
		}
	}
}

// lineBreak is the line break that text begins with.
func lineBreak(text string) string {
	if strings.HasPrefix(text, "\r\n") {
		return text[:2]
	}
	return text[:1]
}

// escape says how many bytes an escape sequence of a double-quoted string has, and how many it stands for.
// Sources: YAML 1.2 section 5.7, RFC 8259 section 7.
func escape(text string) (written, stands int) {
	if len(text) < 2 {
		return len(text), 0
	}
	switch text[1] {
	case 'x':
		return codePoint(text, 2)
	case 'u':
		return codePoint(text, 4)
	case 'U':
		return codePoint(text, 8)
	case 'N', '_':
		return 2, 2
	case 'L', 'P':
		return 2, 3
	case '\n', '\r':
		n := 1 + len(lineBreak(text[1:]))
		return n + yamltext.Indentation(text[n:]), 0
	}
	return 2, 1
}

// codePoint is the length of an escape sequence with so many digits, and that of the character. In JSON two of them are one
// character above U+FFFF.
func codePoint(text string, digits int) (written, stands int) {
	end := min(2+digits, len(text))
	var r rune
	for i := 2; i < end; i++ {
		r = r<<4 | rune(max(chars.Hex(text[i]), 0))
	}
	if 0xD800 <= r && r < 0xDC00 && strings.HasPrefix(text[end:], `\u`) {
		return min(end+6, len(text)), 4
	}
	return end, max(utf8.RuneLen(r), 1)
}
