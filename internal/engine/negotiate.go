// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// jsonMediaType is the media type of a body when nothing else is asked for.
const jsonMediaType = "application/json"

// negotiate picks one of bodies, which are sorted by key and not empty, for the lines of the request's Accept header,
// as RFC 9110 section 12.5.1 describes: the key with the highest quality, which the most specific range that names it
// gives. Where that does not decide - no Accept, a malformed one, one that is too long, no match, a tie - application/json
// is sent, else the first key. Nothing is ever refused with a 406: the client has an error to read already.
func negotiate(bodies []body, accept []string) *body {
	ranges, ok := parseAccept(strings.Join(accept, ","))
	if !ok {
		return preferred(bodies, func(*body) bool { return true })
	}
	best := 0
	for i := range bodies {
		best = max(best, quality(ranges, mediaType(bodies[i].key)))
	}
	return preferred(bodies, func(b *body) bool { return best == 0 || quality(ranges, mediaType(b.key)) == best })
}

// preferred is application/json, else the first key, among the bodies that are eligible; at least one is.
func preferred(bodies []body, eligible func(*body) bool) *body {
	if b := find(bodies, jsonMediaType); b != nil && eligible(b) {
		return b
	}
	for i := range bodies {
		if eligible(&bodies[i]) {
			return &bodies[i]
		}
	}
	return &bodies[0]
}

// quality is the weight of a media type in thousandths, 0 when no range names it or the one that does refuses it.
func quality(ranges []acceptRange, mediaType string) int {
	weight, best := 0, noMatch
	for _, r := range ranges {
		if s := r.specificity(mediaType); s > best {
			weight, best = r.weight, s
		}
	}
	return weight
}

// find is the body whose key has the media type wanted, nil when there is none.
func find(bodies []body, wanted string) *body {
	for i := range bodies {
		if chars.EqualFold(mediaType(bodies[i].key), wanted) {
			return &bodies[i]
		}
	}
	return nil
}

// mediaType is a Content-Type or a key without its parameters.
func mediaType(value string) string {
	value, _, _ = strings.Cut(value, ";")
	return chars.Trim(value)
}
