// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"strconv"
)

// MaxRouteDocument is the size of the largest route document, in bytes: 64 KiB.
const MaxRouteDocument = 64 << 10

// routeDocuments reads whether metadata may hold documents.
func (d *decoder) routeDocuments(key Text) {
	d.document.RouteDocuments, _ = d.boolean(key)
}

// DecodeRoute reads a route document, the text that the metadata of an Envoy route or virtual host holds: an element of
// routes without name and match. It stands in Routes of the document returned, as the only one, under the name "". emulate
// and escaping are those of the document that it belongs to. Findings and the rest are as for Decode.
func DecodeRoute(text []byte, emulate Emulate, escaping Escaping) (*Document, Findings) {
	d := newDecoder(text)
	d.document.Emulate, d.document.Escaping = emulate, escaping
	d.document.Routes = make([]Route, 1)
	if problem, ok := checkRouteInput(text); !ok {
		d.reports = append(d.reports, problem)
		return d.document, d.findings()
	}
	d.fields(Text{}, schema{fields: d.routeFields(&d.document.Routes[0]), extensions: true})
	d.trailing()
	return d.document, d.findings()
}

// checkRouteInput says whether text can be a route document at all, and else the one thing to say about it. Envoy hands
// over what is no string in the metadata too, in bytes that are no text.
func checkRouteInput(text []byte) (report, bool) {
	message := ""
	switch {
	case len(text) > MaxRouteDocument:
		message = "the document has more than " + strconv.Itoa(MaxRouteDocument) + ` bytes; name an entry of "routes" instead`
	case len(bytes.TrimLeft(text, whiteSpace)) > 0 && isStruct(text):
		message = "the metadata holds no string, but an object, a number or a boolean; give the document as a string of JSON text"
	default:
		return checkInput(text)
	}
	return report{Error, "", nowhere, message}, false
}
