// SPDX-License-Identifier: Apache-2.0

package template

import (
	"unicode/utf8"

	"gatewayresponses/internal/chars"
)

// appendJSONContent escapes the content of a JSON string (RFC 8259 section 7).
func appendJSONContent(dst []byte, value string) []byte {
	return plainInJSON.escape(dst, value, appendJSONRune)
}

// plainInJSON are the bytes that stand for themselves in a JSON string, but for those of longer characters.
var plainInJSON = plainBytes(`"\`)

// appendJSONRune appends a character of a JSON string.
func appendJSONRune(dst []byte, r rune) []byte {
	switch {
	case r == '"' || r == '\\':
		return append(dst, '\\', byte(r))
	case r == '\b':
		return append(dst, `\b`...)
	case r == '\f':
		return append(dst, `\f`...)
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r == '\t':
		return append(dst, `\t`...)
	case r < ' ':
		dst = append(dst, `\u00`...)
		return append(dst, chars.UpperHex[r>>4], chars.UpperHex[r&0xf])
	default:
		return utf8.AppendRune(dst, r)
	}
}

// appendJSONString makes a JSON string of the value.
func appendJSONString(dst []byte, value string) []byte {
	dst = append(dst, '"')
	dst = appendJSONContent(dst, value)
	return append(dst, '"')
}

// appendJSONNumber writes a number as it is, and what is none as a string.
func appendJSONNumber(dst []byte, value string) []byte {
	if isJSONNumber(value) {
		return append(dst, value...)
	}
	return appendJSONString(dst, value)
}

// isJSONNumber reports whether text is a number of JSON (RFC 8259 section 6).
func isJSONNumber(text string) bool {
	text = skip(text, "-")
	integer := digits(text)
	if integer == 0 || integer > 1 && text[0] == '0' {
		return false
	}
	text = text[integer:]
	if text != "" && text[0] == '.' {
		fraction := digits(text[1:])
		if fraction == 0 {
			return false
		}
		text = text[1+fraction:]
	}
	if text != "" && (text[0] == 'e' || text[0] == 'E') {
		text = skip(text[1:], "+-")
		exponent := digits(text)
		if exponent == 0 {
			return false
		}
		text = text[exponent:]
	}
	return text == ""
}

// skip drops the first byte of text if it is one of optional.
func skip(text, optional string) string {
	for i := range len(optional) {
		if text != "" && text[0] == optional[i] {
			return text[1:]
		}
	}
	return text
}

// digits counts the decimal digits that text begins with.
func digits(text string) int {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}
