// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"iter"
	"strings"

	"gatewayresponses/internal/chars"
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
		c, escaped := chars.PercentEscape(text[i:])
		switch {
		case escaped:
			i += len("%XX") - 1
		case text[i] == '+':
			c = ' '
		default:
			c = text[i]
		}
		decoded = append(decoded, c)
	}
	return string(decoded)
}
