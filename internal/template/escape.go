// SPDX-License-Identifier: Apache-2.0

package template

import (
	"unicode/utf8"

	"gatewayresponses/internal/chars"
)

// escaper appends a value to dst in the syntax of a slot.
type escaper func(dst []byte, value string) []byte

// replacement stands for what cannot be written, U+FFFD.
const replacement = string(utf8.RuneError)

// appendPlain is for places without a syntax.
func appendPlain(dst []byte, value string) []byte { return append(dst, value...) }

// appendPercent percent-encodes all but the unreserved characters of RFC 3986 section 2.3. A form decodes it, too:
// application/x-www-form-urlencoded reads %20 as it reads "+".
func appendPercent(dst []byte, value string) []byte {
	for i := range len(value) {
		if c := value[i]; isUnreserved(c) {
			dst = append(dst, c)
		} else {
			dst = chars.AppendPercentEscape(dst, c)
		}
	}
	return dst
}

// isUnreserved reports whether c stands for itself in every part of a URL.
func isUnreserved(c byte) bool {
	return isWord(c) || c == '-' || c == '.' || c == '~'
}

// appendMarkup escapes text and quoted attribute values of HTML and XML. A carriage return is written as a reference,
// or a parser would make a line feed of it.
func appendMarkup(dst []byte, value string) []byte {
	for _, r := range value {
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r == '\'':
			dst = append(dst, "&#39;"...)
		case r == ']':
			// "]]>" must not stand in text (XML 1.0 section 2.4), and the template may have the rest of it.
			dst = append(dst, "&#93;"...)
		case r == '\r':
			dst = append(dst, "&#13;"...)
		case !isXMLChar(r):
			dst = append(dst, replacement...)
		default:
			// Invalid UTF-8 arrives here as U+FFFD.
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

// isXMLChar reports whether XML 1.0 allows r (section 2.2). Surrogates do not occur in a range over a string.
func isXMLChar(r rune) bool {
	return r >= 0x20 && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}
