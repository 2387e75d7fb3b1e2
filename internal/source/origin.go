// SPDX-License-Identifier: Apache-2.0

package source

import (
	"strings"
	"unicode/utf8"
)

// style is how a scalar was written.
type style uint8

const (
	// bare is a value that is no string, and a bracket.
	bare style = iota
	// plain is a string without quotes, singleQuoted and doubleQuoted one in quotes, block one behind "|" or ">".
	plain
	singleQuoted
	doubleQuoted
	block
)

// origin is the byte of the file that byte i of the spot's JSON stands for.
func (s *spot) origin(i int) int {
	if s.style == bare || i <= 0 {
		return s.from
	}
	// How many bytes of the value stand before byte i of its JSON, which begins with a quote.
	decoded := 0
	for at := 1; at < i && decoded < len(s.value); {
		_, size := utf8.DecodeRuneInString(s.value[decoded:])
		at += len(appendEscaped(nil, s.value[decoded:decoded+size]))
		if at > i {
			break
		}
		decoded += size
	}
	text := s.file.text
	at := s.from
	if s.style == singleQuoted || s.style == doubleQuoted {
		at++
	}
	for n := 0; n < decoded && at < len(text); {
		if s.style == doubleQuoted && text[at] == '\\' {
			written, value := escape(text[at:])
			at, n = at+written, n+value
			continue
		}
		c, w := s.value[n], text[at]
		switch {
		case c == w:
			at, n = at+1, n+1
			if s.style == singleQuoted && w == '\'' {
				at++
			}
		case (c == ' ' || c == '\n') && (w == '\n' || w == '\r'):
			// A folded line break.
			at, n = at+len(lineBreak(text[at:])), n+1
			at += indentation(text[at:])
		case strings.IndexByte(" \t\r\n", w) >= 0:
			at++
		default:
			return at
		}
	}
	if s.style == block && decoded > 0 && s.value[decoded-1] == '\n' {
		at += indentation(text[at:])
	}
	return min(at, len(text))
}

// lineBreak is the line break that text begins with.
func lineBreak(text string) string {
	if strings.HasPrefix(text, "\r\n") {
		return text[:2]
	}
	return text[:1]
}

// indentation is how many spaces text begins with.
func indentation(text string) int {
	return len(text) - len(strings.TrimLeft(text, " "))
}

// escape says how many bytes an escape sequence of a double-quoted string has, and how many it stands for.
// Source: YAML 1.2 section 5.7.
func escape(text string) (written, value int) {
	if len(text) < 2 {
		return len(text), 0
	}
	digits := 0
	switch text[1] {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case 'N', '_':
		return 2, 2
	case 'L', 'P':
		return 2, 3
	case '\n', '\r':
		n := 1 + len(lineBreak(text[1:]))
		return n + indentation(text[n:]), 0
	default:
		return 2, 1
	}
	var r rune
	end := min(2+digits, len(text))
	for _, c := range text[2:end] {
		r = r<<4 | hex(c)
	}
	return end, max(utf8.RuneLen(r), 1)
}

// hex is the value of a hexadecimal digit.
func hex(c rune) rune {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 0
}
