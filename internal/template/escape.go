// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"
	"unicode/utf8"

	"gatewayresponses/internal/chars"
)

// escaper appends a value to dst in the syntax of a slot.
type escaper func(dst []byte, value string) []byte

// byteSet is a set of bytes.
type byteSet [256]bool

// plainBytes are the printable characters of ASCII without some.
func plainBytes(without string) *byteSet {
	var plain byteSet
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		plain[c] = strings.IndexByte(without, c) < 0
	}
	return &plain
}

// escape appends a value in which the bytes of the set stand for themselves, and each other character is as appendRune has it;
// what is not UTF-8 is U+FFFD. Most values are appended as a whole.
func (plain *byteSet) escape(dst []byte, value string, appendRune func([]byte, rune) []byte) []byte {
	for {
		i := 0
		for i < len(value) && plain[value[i]] {
			i++
		}
		dst = append(dst, value[:i]...)
		if value = value[i:]; value == "" {
			return dst
		}
		r, length := utf8.DecodeRuneInString(value)
		dst, value = appendRune(dst, r), value[length:]
	}
}

// replacement stands for what cannot be written, U+FFFD.
const replacement = string(utf8.RuneError)

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
	return plainInMarkup.escape(dst, value, appendMarkupRune)
}

// plainInMarkup are the bytes that stand for themselves in markup, but for those of longer characters.
var plainInMarkup = plainBytes("&<>\"']")

// appendMarkupRune appends a character of markup.
func appendMarkupRune(dst []byte, r rune) []byte {
	switch {
	case r == '&':
		return append(dst, "&amp;"...)
	case r == '<':
		return append(dst, "&lt;"...)
	case r == '>':
		return append(dst, "&gt;"...)
	case r == '"':
		return append(dst, "&quot;"...)
	case r == '\'':
		return append(dst, "&#39;"...)
	case r == ']':
		// "]]>" must not stand in text (XML 1.0 section 2.4), and the template may have the rest of it.
		return append(dst, "&#93;"...)
	case r == '\r':
		return append(dst, "&#13;"...)
	case !isXMLChar(r):
		return append(dst, replacement...)
	default:
		return utf8.AppendRune(dst, r)
	}
}

// isXMLChar reports whether XML 1.0 allows r (section 2.2). Surrogates do not occur in a range over a string.
func isXMLChar(r rune) bool {
	return r >= 0x20 && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}
