// SPDX-License-Identifier: Apache-2.0

package source

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/finding"
)

// maxDepth is how deep a text may nest. A document nests ten deep.
const maxDepth = 100

// tooDeep is what is wrong with a text that nests deeper.
var tooDeep = "this nests deeper than " + strconv.Itoa(maxDepth) + " levels; a document needs ten"

// Value is a value as it was written. It must not change once it is part of a document: an alias and its anchor share one.
type Value struct {
	Kind Kind
	// Text is a string, or a scalar that is none as JSON has it.
	Text string
	// Members are those of an object, in the order in which they were written.
	Members []Member
	// Elements are those of an array.
	Elements []*Value
	origin
}

// Kind is what a value is.
type Kind uint8

// The kinds. A scalar is a number, true, false or null.
const (
	Scalar Kind = iota
	String
	Object
	Array
)

// Member is a member of an object. Its key is a string.
type Member struct{ Key, Value *Value }

// origin is where a value was written.
type origin struct {
	// file is nil for what no file says.
	file *file
	// from is where the value begins in file, as a byte: a string in quotes at its quote, a block at its text.
	from  int
	style style
}

// Place is where the value was written, no place for one that no file says.
func (v *Value) Place() finding.Place {
	if v.file == nil {
		return finding.Place{}
	}
	return v.file.place(v.from)
}

// With is a value of the same kind at the same place that holds something else.
func (v *Value) With(members []Member, elements []*Value) *Value {
	return &Value{Kind: v.Kind, Text: v.Text, Members: members, Elements: elements, origin: v.origin}
}

// Equal reports whether two values mean the same. The order of keys does not matter, that of members with one key does.
func (v *Value) Equal(other *Value) bool {
	if v == other {
		return true
	}
	return v.Kind == other.Kind && v.Text == other.Text &&
		slices.EqualFunc(v.sorted(), other.sorted(), func(a, b Member) bool { return a.Key.Text == b.Key.Text && a.Value.Equal(b.Value) }) &&
		slices.EqualFunc(v.Elements, other.Elements, (*Value).Equal)
}

// sorted are the members in the byte order of their keys.
func (v *Value) sorted() []Member {
	return slices.SortedStableFunc(slices.Values(v.Members), func(a, b Member) int { return strings.Compare(a.Key.Text, b.Key.Text) })
}

// Find finds the member called name, the first of several, and nil when there is none.
func (v *Value) Find(name string) *Value {
	for _, m := range v.Members {
		if m.Key.Text == name {
			return m.Value
		}
	}
	return nil
}
