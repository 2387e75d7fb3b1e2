// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/quote"
)

// Literal is a value as it stands in the text. It is good until the next read.
type Literal struct {
	raw jsontext.Value
	// Offset is the byte where the value begins.
	Offset int
}

// Kind is the first byte of the value: one of n, f, t, ", 0, { and [.
func (l Literal) Kind() byte { return byte(l.raw.Kind()) }

// Raw is the value as written.
func (l Literal) Raw() string { return string(l.raw) }

// Unquoted is the string that the literal stands for.
func (l Literal) Unquoted() string {
	if bytes.IndexByte(l.raw, '\\') < 0 {
		return string(l.raw[1 : len(l.raw)-1])
	}
	// AppendUnquote fails on what is not a JSON string only, and the reader has accepted this one.
	value, _ := jsontext.AppendUnquote(nil, l.raw)
	return string(value)
}

// Shown is a scalar as messages quote it.
func (l Literal) Shown() string {
	if l.Kind() == '"' {
		return quote.Text(l.Unquoted())
	}
	return quote.Shorten(string(l.raw))
}

// described names the value for a message.
func (l Literal) described() string {
	switch l.Kind() {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "the string " + l.Shown()
	case '0':
		return "the number " + l.Shown()
	default:
		return l.Shown()
	}
}

// asString shows how a number, true or false is written as a string; people leave out the quotes.
func (l Literal) asString() string {
	switch l.Kind() {
	case '0', 't', 'f':
		return " such as " + quote.Text(string(l.raw))
	default:
		return ""
	}
}

// Listed writes choices for people: "a", "b" or "c".
func Listed(choices []string) string {
	quoted := make([]string, len(choices))
	for i, choice := range choices {
		quoted[i] = quote.Text(choice)
	}
	last := len(quoted) - 1
	if last == 0 {
		return quoted[0]
	}
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last]
}
