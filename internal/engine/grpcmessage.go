// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"unicode/utf8"
)

// upperHex are the digits that the protocol asks for.
const upperHex = "0123456789ABCDEF"

// encodeGRPCMessage writes text as the header grpc-message: printable ASCII but "%" as it is, every other byte of its
// UTF-8 as %XX. What is not UTF-8 becomes U+FFFD. A space at an end is encoded too: header values are trimmed on their way
// (RFC 9110, 5.5). Source: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, Status-Message.
func encodeGRPCMessage(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	encoded := make([]byte, 0, len(text))
	for i := range len(text) {
		c := text[i]
		atEnd := i == 0 || i == len(text)-1
		if c < ' ' || c > '~' || c == '%' || c == ' ' && atEnd {
			encoded = append(encoded, '%', upperHex[c>>4], upperHex[c&0xf])
			continue
		}
		encoded = append(encoded, c)
	}
	return string(encoded)
}

// decodeGRPCMessage reads a grpc-message. A "%" without two digits stands for itself, as the protocol asks.
func decodeGRPCMessage(encoded string) string {
	text := make([]byte, 0, len(encoded))
	for i := 0; i < len(encoded); i++ {
		if encoded[i] == '%' && i+2 < len(encoded) {
			high, low := hexDigit(encoded[i+1]), hexDigit(encoded[i+2])
			if high >= 0 && low >= 0 {
				text = append(text, byte(high<<4|low))
				i += 2
				continue
			}
		}
		text = append(text, encoded[i])
	}
	return string(text)
}

// hexDigit is the value of a hexadecimal digit, -1 for any other byte.
func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
