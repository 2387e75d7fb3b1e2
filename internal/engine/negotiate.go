// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
)

// jsonMediaType is the media type of a body when nothing else is asked for.
const jsonMediaType = "application/json"

// negotiate picks one of bodies, which are sorted by key and not empty, for the request's Accept header:
// the first media type of Accept that is a key, else application/json, else the first key.
func negotiate(bodies []body, accept string) *body {
	for part := range strings.SplitSeq(accept, ",") {
		if b := find(bodies, mediaType(part)); b != nil {
			return b
		}
	}
	if b := find(bodies, jsonMediaType); b != nil {
		return b
	}
	return &bodies[0]
}

// find is the body whose key has the media type wanted, nil when there is none.
func find(bodies []body, wanted string) *body {
	for i := range bodies {
		if strings.EqualFold(mediaType(bodies[i].key), wanted) {
			return &bodies[i]
		}
	}
	return nil
}

// mediaType is a Content-Type or a range of Accept without its parameters.
func mediaType(value string) string {
	value, _, _ = strings.Cut(value, ";")
	return strings.Trim(value, " \t")
}
