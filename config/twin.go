// SPDX-License-Identifier: Apache-2.0

package config

import "bytes"

// responsesText is the text of the gatewayResponses of a route, which has no findings.
type responsesText struct {
	// route is the place of the route in Routes.
	route int
	// offset is where the text begins, end the byte behind it.
	offset, end int
}

// routeResponses reads the entries of a route. APIs of one company often have the same ones: equal texts are read once.
func (d *decoder) routeResponses(key Text, route *Route) {
	text := d.Extent()
	offset, hash := d.Ahead(), hashOf(text)
	first, known := d.responses[hash]
	if known && bytes.Equal(text, d.document.Source[first.offset:first.end]) {
		route.Twin = len(d.document.Routes) - first.route
		route.GatewayResponses = moved(d.document.Routes[first.route].GatewayResponses, offset-first.offset)
		d.Skip(key)
		return
	}
	before := d.Made()
	d.gatewayResponses(key, &route.GatewayResponses)
	if text == nil || d.Made() != before || d.Broken() {
		return
	}
	if d.responses == nil {
		d.responses = map[uint64]responsesText{}
	}
	d.responses[hash] = responsesText{len(d.document.Routes), offset, offset + len(text)}
}

// hashOf makes a number of a text, by FNV-1a (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv). Texts of one number are
// compared, so it does not matter who chooses them.
func hashOf(text []byte) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	for _, c := range text {
		hash = (hash ^ uint64(c)) * prime
	}
	return hash
}

// moved are entries whose text stands a second time, that many bytes further on.
func moved(responses []GatewayResponse, by int) []GatewayResponse {
	copies := append([]GatewayResponse(nil), responses...)
	for i := range copies {
		response := &copies[i]
		response.At.Offset += by
		response.Headers, response.Templates = movedMembers(response.Headers, by), movedMembers(response.Templates, by)
		response.Parameters = append([]Parameter(nil), response.Parameters...)
		for j := range response.Parameters {
			response.Parameters[j].Key.Offset += by
			response.Parameters[j].Value.Offset += by
		}
	}
	return copies
}

// movedMembers are members whose text stands a second time, that many bytes further on.
func movedMembers(members []Member, by int) []Member {
	copies := append([]Member(nil), members...)
	for i := range copies {
		copies[i].Key.Offset += by
		copies[i].Value.Offset += by
	}
	return copies
}
