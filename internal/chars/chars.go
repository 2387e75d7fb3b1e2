// SPDX-License-Identifier: Apache-2.0

// Package chars knows the characters that HTTP is written in: tokens, header values, hexadecimal digits.
//
// Names in HTTP are ASCII, and only the case of ASCII letters does not matter in them (RFC 9110 section 5.1, RFC 3986
// section 6.2.2.1). Package strings folds all of Unicode: to it the Kelvin sign is a "k", so that a host could be taken
// for another one. It would bring Unicode's tables into the filter as well.
package chars

import "strings"

// IsToken reports whether text is a token of RFC 9110 section 5.6.2, as names of headers and methods are.
func IsToken(text string) bool { return text != "" && TokenLength(text) == len(text) }

// TokenLength is the length in bytes of the token that text begins with, 0 for none.
func TokenLength(text string) int {
	for i := range len(text) {
		if !tokenBytes[text[i]] {
			return i
		}
	}
	return len(text)
}

// tokenBytes are the bytes that a token can hold.
var tokenBytes = func() (bytes [256]bool) {
	for c := byte('0'); c <= 'z'; c++ {
		bytes[c] = isLowerOrDigit(lower(c))
	}
	for _, c := range []byte("!#$%&'*+-.^_`|~") {
		bytes[c] = true
	}
	return bytes
}()

// isLowerOrDigit reports whether c is a lower-case letter or a digit.
func isLowerOrDigit(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// Forbidden is where the first byte stands that no header value may hold, -1 without one: a control character other than a
// tab ends the HTTP/2 stream of whoever gets it.
func Forbidden(value string) int {
	for i := range len(value) {
		if c := value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return i
		}
	}
	return -1
}

// MediaType is the media type of a Content-Type: without parameters, in lower case (RFC 9110 section 8.3.1).
func MediaType(value string) string {
	value, _, _ = strings.Cut(value, ";")
	return Lower(Trim(value))
}

// ConsistsOf reports whether text has no bytes but lower-case letters, digits and those in more.
func ConsistsOf(text, more string) bool {
	for i := range len(text) {
		if c := text[i]; !isLowerOrDigit(c) && strings.IndexByte(more, c) < 0 {
			return false
		}
	}
	return true
}

// Trim cuts the white space off that may stand around values and members of lists (OWS, RFC 9110 section 5.6.3).
func Trim(text string) string {
	first, end := 0, len(text)
	for first < end && isBlank(text[first]) {
		first++
	}
	for first < end && isBlank(text[end-1]) {
		end--
	}
	return text[first:end]
}

// isBlank reports whether c is a space or a tab.
func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// UpperHex are the hexadecimal digits, by value.
const UpperHex = "0123456789ABCDEF"

// Hex is the value of a hexadecimal digit, -1 for any other byte.
func Hex(c byte) int {
	switch lower := c | 0x20; {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= lower && lower <= 'f':
		return int(lower-'a') + 10
	}
	return -1
}

// PercentEscape is the byte that "%XX" at the beginning of text stands for (RFC 3986 section 2.1), and whether there is one.
func PercentEscape(text string) (byte, bool) {
	if len(text) < len("%XX") || text[0] != '%' {
		return 0, false
	}
	high, low := Hex(text[1]), Hex(text[2])
	return byte(high<<4 | low), high >= 0 && low >= 0
}

// AppendUnescaped appends text without its percent escapes. Those of the byte kept stay, in the spelling of RFC 3986 section
// 6.2.2.1; NUL keeps none. A "%" without two hexadecimal digits behind it stands for itself.
func AppendUnescaped(dst []byte, text string, kept byte) []byte {
	for {
		at := strings.IndexByte(text, '%')
		if at < 0 {
			return append(dst, text...)
		}
		dst, text = append(dst, text[:at]...), text[at:]
		c, escaped := PercentEscape(text)
		length := len("%XX")
		switch {
		case !escaped:
			dst, length = append(dst, '%'), 1
		case c == kept && c != 0:
			dst = AppendPercentEscape(dst, c)
		default:
			dst = append(dst, c)
		}
		text = text[length:]
	}
}

// AppendPercentEscape appends "%XX" for a byte.
func AppendPercentEscape(dst []byte, c byte) []byte {
	return append(dst, '%', UpperHex[c>>4], UpperHex[c&0xf])
}

// Lower is text with its ASCII letters in lower case.
func Lower(text string) string { return recased(text, 'A') }

// Upper is text with its ASCII letters in upper case.
func Upper(text string) string { return recased(text, 'a') }

// recased is text with the 26 letters from first on in the other case. What does not change is not copied.
func recased(text string, first byte) string {
	for i := range len(text) {
		if text[i]-first >= 26 {
			continue
		}
		changed := []byte(text)
		for j := i; j < len(changed); j++ {
			if changed[j]-first < 26 {
				changed[j] ^= 'a' - 'A'
			}
		}
		return string(changed)
	}
	return text
}

// EqualFold reports whether two texts are equal but for the case of ASCII letters.
func EqualFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

// lower is an ASCII letter in lower case, and any other byte.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
