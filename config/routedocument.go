// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"strconv"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/nearest"
)

// DecodeRoute reads a route document, the text that the metadata of an Envoy route or virtual host holds: an element of
// routes without name and match. It stands in Routes of the document returned, as the only one, under the name "". emulate
// and escaping are those of the document that it belongs to. Findings and the rest are as for Decode.
func DecodeRoute(text []byte, emulate Emulate, escaping Escaping) (*Document, Findings) {
	d := newDecoder(text, maxRouteFindings)
	*d.Search() = nearest.Brief()
	d.document.Emulate, d.document.Escaping = emulate, escaping
	d.document.Routes, d.segments = []Route{{}}, MaxRouteSegments
	if d.checkRouteInput() {
		d.scope = &d.document.Routes[0].Emulate
		routeDocumentObject.read(d, Text{}, &d.document.Routes[0])
		d.settle()
		d.Trailing()
	}
	return d.result()
}

// checkRouteInput reports whether the text can be a route document at all, and else notes what it is instead. Envoy hands
// over what is no string in the metadata too, in bytes that are no text.
func (d *decoder) checkRouteInput() bool {
	text := d.document.Source
	switch {
	case len(text) > MaxRouteDocument:
		d.reportInput(code.TooLarge, "the document has more than "+strconv.Itoa(MaxRouteDocument)+` bytes; name an element of "routes" instead`)
	case len(bytes.TrimLeft(text, jsonread.WhiteSpace)) > 0 && isStruct(text):
		d.reportInput(code.NoDocument, "the metadata holds no string, but an object, a number or a boolean; give the document as a string of JSON text")
	default:
		return d.checkInput() && d.checkParts()
	}
	return false
}

// checkParts reports whether the document is within the limits, and else notes what there is too much of.
func (d *decoder) checkParts() bool {
	parts, variables := countParts(d.document.Source)
	for _, count := range []struct {
		found, most int
		what        string
	}{
		{parts, MaxRouteParts, "keys and elements"},
		{variables, MaxRouteVariables, `"$" in its strings`},
	} {
		if count.found > count.most {
			d.reportInput(code.TooLarge, "the document has "+strconv.Itoa(count.found)+" "+count.what+", more than "+strconv.Itoa(count.most)+
				`; name an element of "routes" instead`)
			return false
		}
	}
	return true
}

// countParts counts the keys and elements of a JSON text, and the "$" in its strings, written as they are or as \u0024. What
// is no JSON has some counts as well.
func countParts(text []byte) (parts, variables int) {
	inString := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			inString = !inString
		case !inString && (c == ',' || c == '{' || c == '['):
			// Each stands before one key or element, but for an empty object or array.
			parts++
		case inString && c == '$':
			variables++
		case inString && c == '\\':
			if bytes.HasPrefix(text[i:], []byte(`\u0024`)) {
				variables++
			}
			i++
		}
	}
	return parts, variables
}
