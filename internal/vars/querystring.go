// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"iter"
	"strings"
)

// parameterValues yields the decoded values of the query parameter called name, in order.
//
// A query is a list of name=value with "&" between (WHATWG URL, application/x-www-form-urlencoded parsing). A ";" does
// not separate, a parameter without "=" has an empty value, "+" is a space, and what is no percent escape stays as it is.
// Nothing is kept of the parameters that are not asked for: a query can have thousands.
func parameterValues(query, name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for parameter := range strings.SplitSeq(query, "&") {
			key, value, _ := strings.Cut(parameter, "=")
			if parameter != "" && decode(key) == name && !yield(decode(value)) {
				return
			}
		}
	}
}

// decode undoes the encoding of a name or value.
func decode(text string) string {
	if !strings.ContainsAny(text, "%+") {
		return text
	}
	decoded := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '+':
			decoded = append(decoded, ' ')
		case c == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			decoded = append(decoded, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
		default:
			decoded = append(decoded, c)
		}
	}
	return string(decoded)
}

// isHex tells whether c is a hexadecimal digit.
func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// unhex is the value of a hexadecimal digit.
func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
