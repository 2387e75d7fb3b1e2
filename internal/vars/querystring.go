// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// parameterNames are the names of all query parameters that a document asks for. A query can have thousands of others, so it is
// read once for a reply, and nothing is kept of those.
type parameterNames struct {
	// indices are where the values of a name stand in what read returns.
	indices map[string]int
	// lists reports by index whether all values are wanted, not only the last.
	lists []bool
}

// add asks for one more name.
func (n *parameterNames) add(name string, list bool) {
	i, ok := n.indices[name]
	if !ok {
		i = len(n.lists)
		n.indices[name] = i
		n.lists = append(n.lists, false)
	}
	n.lists[i] = n.lists[i] || list
}

// parameterValues are those of one name.
type parameterValues struct {
	found bool
	// last is the last value, as it stands in the query.
	last string
	// list is all values, decoded, with "," between; nil when nobody asks for it.
	list []byte
}

// read goes through a query once and returns the values of the names, by index.
//
// A query is a list of name=value with "&" between (WHATWG URL, application/x-www-form-urlencoded parsing). A ";" does
// not separate, a parameter without "=" has an empty value, "+" is a space, and what is no percent escape stays as it is.
func (n *parameterNames) read(query string) []parameterValues {
	values := make([]parameterValues, len(n.lists))
	var decoded []byte
	for {
		// A query may be nothing but "&".
		for query != "" && query[0] == '&' {
			query = query[1:]
		}
		if query == "" {
			return values
		}
		var parameter string
		parameter, query, _ = strings.Cut(query, "&")
		name, value, _ := strings.Cut(parameter, "=")
		decoded = appendDecoded(decoded[:0], name)
		if i, wanted := n.indices[string(decoded)]; wanted {
			values[i].add(value, n.lists[i])
		}
	}
}

// add takes one more value, as it stands in the query.
func (v *parameterValues) add(value string, list bool) {
	if list {
		if v.found {
			v.list = append(v.list, ',')
		}
		v.list = appendDecoded(v.list, value)
	}
	v.found, v.last = true, value
}

// appendDecoded appends a name or value of a query without its encoding.
func appendDecoded(dst []byte, text string) []byte {
	return chars.AppendUnescaped(dst, strings.ReplaceAll(text, "+", " "), 0)
}
