// SPDX-License-Identifier: Apache-2.0

package source

import "strconv"

// maxDepth is how deep a text may nest. A document nests ten deep.
const maxDepth = 100

// tooDeep is what is wrong with a text that nests deeper.
var tooDeep = "this nests deeper than " + strconv.Itoa(maxDepth) + " levels; a document needs ten"

// value is a value as it was written. An alias and its anchor share one.
type value struct {
	kind kind
	// text is a string, or a scalar that is none as JSON has it.
	text     string
	members  []member
	elements []*value
	origin
}

// kind is what a value is.
type kind uint8

const (
	scalar kind = iota
	text
	object
	array
)

// member is a member of an object.
type member struct{ key, value *value }

// origin is where a value was written.
type origin struct {
	// file is nil for what no file says.
	file *file
	// from is where the value begins in file, as a byte: a string in quotes at its quote, a block at its text.
	from  int
	style style
}
