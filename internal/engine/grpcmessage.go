// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"unicode/utf8"

	"gatewayresponses/internal/chars"
)

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
			encoded = chars.AppendPercentEscape(encoded, c)
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
		c, escaped := chars.PercentEscape(encoded[i:])
		if escaped {
			i += len("%XX") - 1
		} else {
			c = encoded[i]
		}
		text = append(text, c)
	}
	return string(text)
}
