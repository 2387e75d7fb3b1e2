// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"regexp"

	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/source"
)

// File is one test file.
type File struct {
	// Name is what messages call it.
	Name string
	// Documents are the paths of the document under test from the folder of the file: of several, which gwr build joins, in their
	// order. It is empty when the file does not say.
	Documents []Text
	Tests     []Test

	written *source.Document
	places  jsonread.Places
}

// Text is a string of the file that remembers where it stood.
type Text = jsonread.Text

// Test is one test.
type Test struct {
	// Name is unique in the file.
	Name Text
	// Error is where the error stands.
	Error Text
	// Exchange is the exchange that is tested.
	Exchange exchange.Exchange
	Want     Want
}

// Want is what must become of an exchange. What is not given may be anything.
type Want struct {
	// Untouched is the key where the reply must go through as it is, zero where it need not.
	Untouched Text
	// Status is the status as written, Type, Entry and Left are what the trace must say.
	Status, Type, Entry, Left Text
	Headers                   []Header
	Body                      Body
}

// Header is what is wanted of one header.
type Header struct {
	// Name is in lower case.
	Name Text
	Test HeaderTest
	// Values are the texts that the test is about: one, or with Equals one for each line.
	Values []Text
	// Pattern is that of Regexp; it matches whole values.
	Pattern *regexp.Regexp
}

// HeaderTest is what is asked of a header.
type HeaderTest uint8

// The tests. But for Absent and Equals, one line that passes is enough.
const (
	// Equals wants exactly these lines, in their order.
	Equals HeaderTest = iota
	// Absent wants no such header.
	Absent
	// Present wants a line.
	Present
	// Contains wants a line with the text in it.
	Contains
	// Glob wants a line that the glob matches.
	Glob
	// Regexp wants a line that the pattern matches.
	Regexp
)

// Body is what is wanted of the body. All of it must hold.
type Body struct {
	// Equals is the whole body, nil for any.
	Equals *Text
	// JSON is what the body must be equal to as JSON, "" for any.
	JSON Text
	// Paths are values in the body, which is JSON.
	Paths []Path
	// Lacks are paths that must not be there.
	Lacks []Text
	// Contains are texts that must be there.
	Contains []Text
	// File is the file that has the whole body, by its path from the folder of the test file; "" for none.
	File Text
}

// Path is a place in the body.
type Path struct {
	// Path is written as gjson has paths.
	Path Text
	// Value is JSON.
	Value string
}

// Place is where a byte of the file's JSON was written.
func (f *File) Place(offset int) finding.Place {
	line, column := f.places.Position(f.written.Text, offset)
	return f.written.Place(line, column)
}
