// SPDX-License-Identifier: Apache-2.0

package abi

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"unsafe"

	"gatewayresponses/internal/facts"
)

// The ABI encodes a header map as
//
//	count | name size, value size | ... | name 0 value 0 | ...
//
// with sizes and count as 4 bytes, little endian. All sizes stand before the first name.

// wordSize is the size of a number in bytes.
const wordSize = 4

// errPairs says that the host's header map cannot be read.
var errPairs = errors.New("proxy_get_header_map_pairs: malformed header map")

// DecodePairs reads a header map; no bytes are no headers. It accepts only what EncodePairs would write. There is one copy for
// all strings.
func DecodePairs(encoded []byte) (facts.Headers, error) {
	pairs, err := openPairs(string(encoded))
	if err != nil || len(encoded) == 0 {
		return nil, err
	}
	headers := make(facts.Headers, pairs.count)
	for i := range headers {
		if headers[i].Name, headers[i].Value, err = pairs.next(); err != nil {
			return nil, err
		}
	}
	if pairs.text != "" {
		return nil, errPairs
	}
	return headers, nil
}

// Member is a member of an object or an element of a list, as Envoy encodes them: pairs of key and value, or of element and
// nothing. It is nil when there is none, and a part of encoded when there is.
func Member(encoded []byte, key string) []byte {
	pairs, err := openPairs(text(encoded))
	if err != nil {
		return nil
	}
	index := -1
	if key != "" && '0' <= key[0] && key[0] <= '9' {
		index, _ = strconv.Atoi(key)
	}
	var member, element string
	for i := range pairs.count {
		name, value, err := pairs.next()
		switch {
		case err != nil:
			return nil
		case name == key && member == "":
			member = value
		case i == index && value == "":
			element = name
		}
	}
	if member = cmp.Or(member, element); member == "" || pairs.text != "" {
		return nil
	}
	return unsafe.Slice(unsafe.StringData(member), len(member))
}

// pairs is a header map that is being read.
type pairs struct {
	count int
	// sizes and text begin at the next pair.
	sizes, text string
}

// openPairs begins to read a header map; no bytes are no pairs.
func openPairs(encoded string) (pairs, error) {
	if len(encoded) == 0 {
		return pairs{}, nil
	}
	if len(encoded) < wordSize {
		return pairs{}, errPairs
	}
	count, sizes := word(encoded), encoded[wordSize:]
	if count > len(sizes)/(2*wordSize) {
		return pairs{}, errPairs
	}
	at := count * 2 * wordSize
	return pairs{count: count, sizes: sizes[:at], text: sizes[at:]}, nil
}

// next reads a pair.
func (p *pairs) next() (name, value string, err error) {
	name, rest, okName := cutText(p.text, word(p.sizes))
	value, rest, okValue := cutText(rest, word(p.sizes[wordSize:]))
	if !okName || !okValue {
		return "", "", errPairs
	}
	p.sizes, p.text = p.sizes[2*wordSize:], rest
	return name, value, nil
}

// cutText cuts size bytes and the 0 behind them from text.
func cutText(text string, size int) (head, tail string, ok bool) {
	if size >= len(text) || text[size] != 0 {
		return "", "", false
	}
	return text[:size], text[size+1:], true
}

// Envoy takes a larger header map than this for an empty one, and removes all headers: limits.h of proxy-wasm-cpp-host.
const (
	maxPairs      = 1024
	maxPairsBytes = 1 << 20
)

// Fits reports whether Envoy takes a header map in one call.
func Fits(headers facts.Headers) bool {
	return len(headers) <= maxPairs && pairsSize(headers) <= maxPairsBytes
}

// pairsSize is how many bytes an encoded header map has.
func pairsSize(headers facts.Headers) int {
	size := wordSize
	for i := range headers {
		size += 2*wordSize + len(headers[i].Name) + len(headers[i].Value) + 2
	}
	return size
}

// EncodePairs writes a header map.
func EncodePairs(headers facts.Headers) []byte { return appendPairs(nil, headers) }

// appendPairs is EncodePairs in the memory behind b.
func appendPairs(b []byte, headers facts.Headers) []byte {
	encoded := appendWord(slices.Grow(b, pairsSize(headers)), len(headers))
	for _, line := range headers {
		encoded = appendWord(encoded, len(line.Name))
		encoded = appendWord(encoded, len(line.Value))
	}
	for _, line := range headers {
		encoded = append(encoded, line.Name...)
		encoded = append(encoded, 0)
		encoded = append(encoded, line.Value...)
		encoded = append(encoded, 0)
	}
	return encoded
}

// word reads a number of 4 bytes.
func word[T string | []byte](b T) int {
	return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 | int(b[3])<<24
}

// appendWord writes a number of 4 bytes.
func appendWord(b []byte, n int) []byte {
	return append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
}
