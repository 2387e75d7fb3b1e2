// SPDX-License-Identifier: Apache-2.0

package control

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"gatewayresponses/internal/apigateway"
)

// value is what a member of an input says, the zero value if it is not there.
func value[T any](member *T) T {
	if member == nil {
		var zero T
		return zero
	}
	return *member
}

// or is value with a default for members that are not there or empty.
func or(member *string, otherwise string) string {
	if text := value(member); text != "" {
		return text
	}
	return otherwise
}

// now is the time as AWS's API has it: whole seconds.
func (c *Control) now() apigateway.Time {
	return apigateway.Time{Time: c.options.Now().UTC().Truncate(1e9)}
}

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// idLetters are what ids are made of.
const idLetters = "abcdefghijklmnopqrstuvwxyz0123456789"

// newID makes an id that nobody can guess: AWS's have 10 characters for APIs and 6 for what is in them. A length of 10 has 51 bits,
// so that ids do not meet.
func newID(length int) string {
	id := make([]byte, 0, length)
	var random [32]byte
	for len(id) < length {
		rand.Read(random[:]) // never fails
		for _, b := range random {
			// 252 is the largest multiple of 36: larger bytes would favour some letters.
			if b < 252 && len(id) < length {
				id = append(id, idLetters[b%36])
			}
		}
	}
	return string(id)
}

// hashOf is the SHA-256 of a text, in hexadecimal digits.
func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
