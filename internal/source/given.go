// SPDX-License-Identifier: Apache-2.0

package source

// Given is a text of the command line, from which values are made. Their places are those in the text.
type Given struct{ file *file }

// NewGiven remembers a text, which messages call name.
func NewGiven(name, text string) Given { return Given{newFile(name, text)} }

// String is the text.
func (g Given) String() string { return g.file.text }

// Text is a string value: the part of the text from byte from to its end.
func (g Given) Text(from int) *Value {
	return &Value{Kind: String, Text: g.file.text[from:], origin: origin{file: g.file, from: from, style: plain}}
}

// Named is a string value that byte from of the text names.
func (g Given) Named(text string, from int) *Value {
	return &Value{Kind: String, Text: text, origin: origin{file: g.file, from: from}}
}

// Empty is an object without members, which byte from of the text asks for.
func (g Given) Empty(from int) *Value {
	return &Value{Kind: Object, origin: origin{file: g.file, from: from}}
}

// JSON is the JSON value that the text is from byte from on, nil when it is none.
func (g Given) JSON(from int) *Value { return readJSON(g.file, from) }
