// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// Array reads an array and calls read for each element, to read it. at is the array's own key. The Value of an element's
// Text is empty: only its place is known.
func (r *Reader) Array(at Text, read func(element Text)) {
	if !r.open(at, '[', "an array") {
		return
	}
	for isValue(r.Kind()) {
		read(Text{Offset: r.Ahead()})
		if r.broken {
			return
		}
	}
	r.bracket(at)
}

// isValue reports whether a value can begin with kind.
func isValue(kind byte) bool { return strings.IndexByte(`nft"0{[`, kind) >= 0 }

// List reads an array that must have an element: one without matches nothing.
func (r *Reader) List(at Text, read func(element Text)) {
	begin, empty := r.Ahead(), true
	array := r.Kind() == '['
	r.Array(at, func(element Text) {
		empty = false
		read(element)
	})
	if array && empty && !r.broken {
		r.Report(code.EmptyList, Error, begin, "the list is empty and matches nothing; remove the key")
	}
}

// Texts reads a list of strings.
func (r *Reader) Texts(key Text) []Text {
	var all []Text
	r.List(key, func(element Text) {
		if text, ok := r.Text(element); ok {
			all = append(all, text)
		}
	})
	return all
}

// Repeated reports whether an element of a list, which means value, stands there a second time, and notes it then. seen
// holds what the elements so far mean.
func (r *Reader) Repeated(element Text, value string, seen map[string]bool) bool {
	if seen[value] {
		r.Report(code.Repeated, Error, element.Offset, quote.Text(element.Value)+" is on the list already; keep one of them")
		return true
	}
	seen[value] = true
	return false
}
