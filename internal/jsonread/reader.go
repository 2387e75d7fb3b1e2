// SPDX-License-Identifier: Apache-2.0

// Package jsonread reads JSON text value by value, strictly, and gathers everything that is wrong with it.
//
// It knows nothing of what the text is about. The caller says which value it wants next, and gets it with its place: the
// byte where it stands. Whatever else stands there is reported, with its place, a quote of it and what would be right, and the
// reading goes on behind it. Duplicate keys and text after the end
// are reported too. Only a syntax error ends the reading.
//
// Places turn bytes into lines and columns, and into paths. A path names keys made of letters, digits and "_" behind a dot, others in brackets, and elements of arrays by number:
// routes[2].match["a-b"]. The work is linear in the size of the text.
package jsonread

import (
	"bytes"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
)

// WhiteSpace is what JSON allows between tokens.
const WhiteSpace = " \t\r\n"

// Reader reads one text. Every method that reads takes exactly one value, right or wrong, so that the reading goes on
// behind it.
type Reader struct {
	json   *jsontext.Decoder
	text   []byte
	places *Places
	// search bounds the look-ups of names that were probably meant.
	search nearest.Search
	// broken reports that nothing more is read.
	broken bool
	// keys are those of the objects that are being read, the innermost one's last.
	keys []string
	// interned are keys by how they are written.
	interned map[string]string

	reports []Report
	// most is how many reports are kept.
	most int
	// errors counts those that are errors, kept or not.
	errors int
	// dropped counts the reports that were not kept, and firstDropped has the place of the first one.
	dropped      int
	firstDropped Report
	// ended reports that there were too many reports, and that nothing more is reported.
	ended bool
}

// Text is a string of the text that remembers where it stood.
type Text struct {
	// Value is the decoded string.
	Value string
	// Offset is the byte offset of the opening quote.
	Offset int
}

// NewReader begins to read text, which must not change afterwards. places are those of text. most is how many reports are
// kept: a text can hold hundreds of thousands of mistakes, each with a path and a message longer than itself.
func NewReader(text []byte, places *Places, most int) *Reader {
	return &Reader{
		json: newDecoder(text),
		text: text, places: places, most: most, interned: map[string]string{},
	}
}

// newDecoder reads the tokens of text. Names are compared elsewhere, where a duplicate does not end the reading.
func newDecoder(text []byte) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true))
}

// Kind is the first byte of the next value, one of n, f, t, ", 0, { and [, or that of what stands in its place.
func (r *Reader) Kind() byte { return byte(r.json.PeekKind()) }

// Broken reports whether the reading has ended before the text, by a syntax error or by too many reports: every object and
// array ends where it is.
func (r *Reader) Broken() bool { return r.broken }

// Ahead is the offset of the next value.
func (r *Reader) Ahead() int { return ahead(r.text, r.json) }

// ahead is the offset of the next token but for commas and colons.
func ahead(text []byte, json *jsontext.Decoder) int {
	return len(text) - len(bytes.TrimLeft(text[json.InputOffset():], WhiteSpace+",:"))
}

// Literal reads the next value, whatever it is. at is what a syntax error belongs to.
func (r *Reader) Literal(at Text) (Literal, bool) {
	raw, err := r.json.ReadValue()
	if err != nil {
		r.syntaxError(at, err)
		return Literal{}, false
	}
	return Literal{raw, int(r.json.InputOffset()) - len(raw)}, true
}

// Skip passes over the next value.
func (r *Reader) Skip(at Text) { r.Literal(at) }

// Text reads a string. at is its key or its place.
func (r *Reader) Text(at Text) (Text, bool) {
	found, ok := r.Literal(at)
	if ok && found.Kind() != '"' {
		r.WrongType(at, found, "a string"+found.asString())
		ok = false
	}
	if !ok {
		return Text{}, false
	}
	return Text{Value: found.Unquoted(), Offset: found.Offset}, true
}

// Boolean reads true or false.
func (r *Reader) Boolean(key Text) (value, ok bool) {
	found, ok := r.Literal(key)
	if !ok {
		return false, false
	}
	switch found.Kind() {
	case 't', 'f':
		return found.Kind() == 't', true
	default:
		r.WrongType(key, found, "true or false")
		return false, false
	}
}

// Choice reads a string that must be one of choices, and puts it into target. what says what the string names.
func (r *Reader) Choice(key Text, what string, target *string, choices ...string) {
	found, ok := r.Literal(key)
	if !ok {
		return
	}
	if found.Kind() != '"' {
		r.WrongType(key, found, Listed(choices))
		return
	}
	value := found.Unquoted()
	if slices.Contains(choices, value) {
		*target = value
		return
	}
	advice := "; use " + Listed(choices)
	if meant, ok := r.Meant(value, choices); ok {
		advice = "; did you mean " + quote.Text(meant) + "?"
	}
	r.Report(code.UnknownChoice, Error, found.Offset, quote.Text(value)+" is not "+what+advice)
}

// Search is what bounds the look-ups of names that were probably meant, for look-ups beside those of Meant.
func (r *Reader) Search() *nearest.Search { return &r.search }

// Meant finds the one of names that was probably meant by name, until the work of all such searches is done.
func (r *Reader) Meant(name string, names []string) (string, bool) {
	return r.search.Of(name, names)
}
