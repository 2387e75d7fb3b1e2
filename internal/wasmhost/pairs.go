// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"encoding/binary"
	"errors"
	"fmt"

	"gatewayresponses/internal/facts"
)

// Limits on pairs that come from the guest. Source: cpp-host include/proxy-wasm/limits.h.
const (
	maxPairsBytes = 1 << 20
	maxPairs      = 1024
)

// encodePairs writes pairs as proxy-wasm does: their number, then the lengths of each name and value, then each name
// and value with a zero byte behind. Numbers are u32, little endian. Source: cpp-host pairs_util.cc.
func encodePairs(pairs facts.Headers) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(pairs)))
	for _, pair := range pairs {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(pair.Name)))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(pair.Value)))
	}
	for _, pair := range pairs {
		b = append(append(b, pair.Name...), 0)
		b = append(append(b, pair.Value...), 0)
	}
	return b
}

// decodePairs reads what encodePairs writes, up to the limits. No bytes are no pairs.
func decodePairs(text string) (facts.Headers, error) {
	if text == "" {
		return nil, nil
	}
	if len(text) > maxPairsBytes {
		return nil, fmt.Errorf("%d bytes, at most %d are allowed", len(text), maxPairsBytes)
	}
	r := pairsReader{rest: text}
	count := r.number()
	if count > maxPairs {
		return nil, fmt.Errorf("%d pairs, at most %d are allowed", count, maxPairs)
	}
	lengths := make([]uint32, 2*count)
	for i := range lengths {
		lengths[i] = r.number()
	}
	var pairs facts.Headers
	for i := 0; i < len(lengths); i += 2 {
		pairs = append(pairs, facts.Header{Name: r.text(lengths[i]), Value: r.text(lengths[i+1])})
	}
	if r.bad || r.rest != "" {
		return nil, errors.New("the lengths do not fit the data")
	}
	return pairs, nil
}

// pairsReader reads numbers and texts off a string.
type pairsReader struct {
	rest string
	bad  bool
}

func (r *pairsReader) number() uint32 {
	piece := r.take(4)
	if r.bad {
		return 0
	}
	return binary.LittleEndian.Uint32([]byte(piece))
}

// text reads a text of n bytes and the zero byte behind.
func (r *pairsReader) text(n uint32) string {
	text := r.take(uint64(n))
	if end := r.take(1); end != "\x00" {
		r.bad = true
	}
	return text
}

func (r *pairsReader) take(n uint64) string {
	if r.bad || n > uint64(len(r.rest)) {
		r.bad = true
		return ""
	}
	var piece string
	piece, r.rest = r.rest[:n], r.rest[n:]
	return piece
}
