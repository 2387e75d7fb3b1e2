// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
)

// decoder reads a document token by token, and gathers what is wrong with it.
//
// Every method that reads takes exactly one value, right or wrong, so that the reading goes on behind it.
type decoder struct {
	json     *jsontext.Decoder
	document *Document
	reports  []report
	// broken tells that a syntax error ended the reading: every object ends where it is.
	broken bool
	// upstreamKey is where the key upstream of the root stands, zero without one.
	upstreamKey Text
	// ownNamed are types of one's own that something other than gatewayResponses names.
	ownNamed []Text
}

// literal is a value as it stands in the text. It is good until the next read.
type literal struct {
	raw    jsontext.Value
	offset int
}

// kind is the first byte of the value: one of n, f, t, ", 0, { and [.
func (l literal) kind() jsontext.Kind { return l.raw.Kind() }

// unquoted is the string that the literal stands for.
func (l literal) unquoted() string {
	// AppendUnquote fails on what is not a JSON string only, and the decoder has accepted this one.
	value, _ := jsontext.AppendUnquote(nil, l.raw)
	return string(value)
}

// shown is a scalar as messages quote it.
func (l literal) shown() string {
	if l.kind() == '"' {
		return quote.Text(l.unquoted())
	}
	return quote.Shorten(string(l.raw))
}

// described names the value for a message.
func (l literal) described() string {
	switch l.kind() {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "the string " + l.shown()
	case '0':
		return "the number " + l.shown()
	default:
		return l.shown()
	}
}

// asString shows how a number, true or false is written as a string; people leave out the quotes.
func (l literal) asString() string {
	switch l.kind() {
	case '0', 't', 'f':
		return " such as " + quote.Text(string(l.raw))
	default:
		return ""
	}
}

// literal reads the next value, whatever it is. path is where a syntax error belongs.
func (d *decoder) literal(path string) (literal, bool) {
	raw, err := d.json.ReadValue()
	if err != nil {
		d.syntaxError(path, err)
		return literal{}, false
	}
	return literal{raw, int(d.json.InputOffset()) - len(raw)}, true
}

// skip passes over the next value.
func (d *decoder) skip(path string) {
	d.literal(path)
}

// text reads a string.
func (d *decoder) text(path string) (Text, bool) {
	found, ok := d.literal(path)
	if ok && found.kind() != '"' {
		d.wrongType(path, found, "a string"+found.asString())
		ok = false
	}
	if !ok {
		return Text{}, false
	}
	return Text{Value: found.unquoted(), Offset: found.offset, Path: path}, true
}

// choice reads a string that must be one of choices, and puts it into target. what says what the string names.
func (d *decoder) choice(key Text, what string, target *string, choices ...string) {
	found, ok := d.literal(key.Path)
	if !ok {
		return
	}
	if found.kind() != '"' {
		d.wrongType(key.Path, found, listed(choices))
		return
	}
	value := found.unquoted()
	if slices.Contains(choices, value) {
		*target = value
		return
	}
	advice := "; use " + listed(choices)
	if meant, ok := d.meant(value, choices); ok {
		advice = "; did you mean " + quote.Text(meant) + "?"
	}
	d.report(Error, key.Path, found.offset, quote.Text(value)+" is not "+what+advice)
}

// maxSuggestions is for how many findings of a document the name that was probably meant is looked for. The plugin logs
// no more, and a search for each of 100,000 would take seconds.
const maxSuggestions = 100

// meant finds the one of names that was probably meant by name, while there are not too many findings.
func (d *decoder) meant(name string, names []string) (string, bool) {
	if len(d.reports) >= maxSuggestions {
		return "", false
	}
	return nearest.Of(name, names)
}

// wrongType reports a value of another type than the one wanted.
func (d *decoder) wrongType(path string, found literal, want string) {
	if found.kind() == 'n' && path != "" {
		want += ", or no key at all"
	}
	d.report(Error, path, found.offset, "found "+found.described()+"; want "+want)
}
