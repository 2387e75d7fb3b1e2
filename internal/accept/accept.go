// SPDX-License-Identifier: Apache-2.0

// Package accept chooses between media types as the Accept header of a request asks (RFC 9110 section 12.5.1).
//
// The key with the highest quality is chosen, and the most specific range that names a key gives its quality. Where that
// does not decide - no Accept, a malformed one, one that is too long, no match, a tie - it is application/json, else the
// first key. Nothing is ever refused with a 406: the client has an error to read already.
package accept

import (
	"slices"
	"strings"

	"gatewayresponses/internal/chars"
)

// JSON is the media type of a body when nothing else is asked for.
const JSON = "application/json"

// Choose is the place of the key that the lines of an Accept header ask for. Keys are media types, with or without
// parameters, sorted, and there is at least one.
func Choose(keys, lines []string) int {
	mediaTypes := make([]string, len(keys))
	for i, key := range keys {
		mediaTypes[i] = chars.MediaType(key)
	}
	ranges, ok := parse(strings.Join(lines, ","))
	if !ok {
		return preferred(mediaTypes, func(string) bool { return true })
	}
	weights := weightsOf(ranges)
	best := 0
	for _, mediaType := range mediaTypes {
		best = max(best, weights.quality(mediaType))
	}
	return preferred(mediaTypes, func(mediaType string) bool { return best == 0 || weights.quality(mediaType) == best })
}

// preferred is the place of application/json, else of the first media type, among those that are eligible; at least one is.
func preferred(mediaTypes []string, eligible func(string) bool) int {
	if i := slices.Index(mediaTypes, JSON); i >= 0 && eligible(JSON) {
		return i
	}
	return max(0, slices.IndexFunc(mediaTypes, eligible))
}
