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

// MediaTypes are the keys to choose from, prepared. They are immutable.
type MediaTypes struct {
	// ranges are places in weights, by the names of all ranges that matter. A client's header may have thousands: none is compared
	// with every key.
	ranges map[string]int
	// namedBy are the places of the ranges that name each key, from the surest on.
	namedBy [][]int
	// preferred is the place of application/json, else of the first key.
	preferred int
}

// New prepares the choice between keys: media types, with or without parameters, sorted, at least one.
func New(keys []string) *MediaTypes {
	m := &MediaTypes{ranges: map[string]int{}}
	mediaTypes := make([]string, len(keys))
	for i, key := range keys {
		mediaTypes[i] = chars.MediaType(key)
		m.add(mediaTypes[i])
	}
	m.preferred = max(0, slices.Index(mediaTypes, JSON))
	return m
}

// add adds a media type in lower case. application/json also names what is JSON by its suffix (RFC 6839), less surely than that
// type itself.
func (m *MediaTypes) add(mediaType string) {
	kind, _, _ := strings.Cut(mediaType, "/")
	names := []string{mediaType}
	if strings.HasSuffix(mediaType, "+json") {
		names = append(names, JSON)
	}
	var places []int
	for _, name := range append(names, kind+"/*", "*/*") {
		place, known := m.ranges[name]
		if !known {
			place = len(m.ranges)
			m.ranges[name] = place
		}
		places = append(places, place)
	}
	m.namedBy = append(m.namedBy, places)
}

// Choose is the place of the key that an Accept header asks for: its lines, with commas between them.
func (m *MediaTypes) Choose(header string) int {
	weights := m.weigh(header)
	chosen, best := m.preferred, weights.quality(m.namedBy[m.preferred])
	for i, ranges := range m.namedBy {
		if quality := weights.quality(ranges); quality > best {
			chosen, best = i, quality
		}
	}
	return chosen
}

// Score is what an Accept header says of a key.
type Score struct {
	// Range is the range of the header that names the key, in lower case; "" when none does.
	Range string
	// Quality is the weight of the range, in thousandths.
	Quality int
}

// Scores are what an Accept header says of each key, in their order; nil for a header that does not count. For tools.
func (m *MediaTypes) Scores(header string) []Score {
	weights := m.weigh(header)
	if weights == nil {
		return nil
	}
	names := make([]string, len(m.ranges))
	for name, place := range m.ranges {
		names[place] = name
	}
	scores := make([]Score, len(m.namedBy))
	for i, ranges := range m.namedBy {
		if place := weights.naming(ranges); place >= 0 {
			scores[i] = Score{names[place], weights[place] - 1}
		}
	}
	return scores
}

// weights are those of the ranges in MediaTypes, in thousandths and 1 more; 0 for a range that a header does not have. Nil is a
// header that does not count.
type weights []int

// weigh reads the weights of an Accept header. Of equal ranges the first counts. A header that is empty, malformed or longer than
// MaxLength counts as absent.
func (m *MediaTypes) weigh(header string) weights {
	if len(header) > MaxLength {
		return nil
	}
	weights := make(weights, len(m.ranges))
	for rest := header; rest != ""; {
		var r mediaRange
		var ok bool
		if r, rest, ok = cutRange(rest); !ok {
			return nil
		}
		if place, matters := m.ranges[r.name]; matters && weights[place] == 0 {
			weights[place] = r.weight + 1
		}
	}
	return weights
}

// quality is the weight of the first of some ranges that the header has, in thousandths; 0 when it has none, or refuses it.
func (w weights) quality(ranges []int) int {
	if place := w.naming(ranges); place >= 0 {
		return w[place] - 1
	}
	return 0
}

// naming is the place of the first of some ranges that the header has, -1 when it has none.
func (w weights) naming(ranges []int) int {
	for _, place := range ranges {
		if w != nil && w[place] > 0 {
			return place
		}
	}
	return -1
}
