// SPDX-License-Identifier: Apache-2.0

package abi

import (
	"errors"
	"slices"

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
func DecodePairs(encoded []byte) (facts.Headers, error) { return SplitPairs(string(encoded)) }

// SplitPairs reads a header map as DecodePairs does. Its strings are parts of the encoded one.
func SplitPairs(encoded string) (facts.Headers, error) {
	if len(encoded) == 0 {
		return nil, nil
	}
	if len(encoded) < wordSize {
		return nil, errPairs
	}
	count := word(encoded)
	sizes := encoded[wordSize:]
	if count > len(sizes)/(2*wordSize) {
		return nil, errPairs
	}
	text := sizes[count*2*wordSize:]
	headers := make(facts.Headers, count)
	for i := range headers {
		var okName, okValue bool
		headers[i].Name, text, okName = cutText(text, word(sizes[2*i*wordSize:]))
		headers[i].Value, text, okValue = cutText(text, word(sizes[(2*i+1)*wordSize:]))
		if !okName || !okValue {
			return nil, errPairs
		}
	}
	if text != "" {
		return nil, errPairs
	}
	return headers, nil
}

// cutText cuts size bytes and the 0 behind them from text.
func cutText(text string, size int) (head, tail string, ok bool) {
	if size >= len(text) || text[size] != 0 {
		return "", "", false
	}
	return text[:size], text[size+1:], true
}

// EncodePairs writes a header map.
func EncodePairs(headers facts.Headers) []byte { return appendPairs(nil, headers) }

// appendPairs is EncodePairs in the memory behind b.
func appendPairs(b []byte, headers facts.Headers) []byte {
	size := wordSize
	for _, line := range headers {
		size += 2*wordSize + len(line.Name) + len(line.Value) + 2
	}
	encoded := appendWord(slices.Grow(b, size), len(headers))
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
