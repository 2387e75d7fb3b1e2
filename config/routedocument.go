// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"strconv"

	"gatewayresponses/internal/jsonread"
)

// DecodeRoute reads a route document, the text that the metadata of an Envoy route or virtual host holds: an element of
// routes without name and match. It stands in Routes of the document returned, as the only one, under the name "". emulate
// and escaping are those of the document that it belongs to. Findings and the rest are as for Decode.
func DecodeRoute(text []byte, emulate Emulate, escaping Escaping) (*Document, Findings) {
	d := newDecoder(text, maxRouteFindings)
	d.document.Emulate, d.document.Escaping = emulate, escaping
	d.document.Routes = make([]Route, 1)
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
		d.reportInput("the document has more than " + strconv.Itoa(MaxRouteDocument) + ` bytes; name an entry of "routes" instead`)
	case len(bytes.TrimLeft(text, jsonread.WhiteSpace)) > 0 && isStruct(text):
		d.reportInput("the metadata holds no string, but an object, a number or a boolean; give the document as a string of JSON text")
	default:
		return d.checkInput()
	}
	return false
}
