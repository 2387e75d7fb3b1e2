// SPDX-License-Identifier: Apache-2.0

package auth

import (
	"crypto/sha256"
	"encoding/hex"
)

// sessionLength is the length of the word of a session. It has 256 bits of chance, and some more.
const sessionLength = 43

// NewSession makes the word of a session by chance, which a browser keeps in a cookie.
func NewSession() string { return random(secretAlphabet, sessionLength) }

// SessionHash is what the server keeps of the word of a session: who reads the store cannot sign in with it. A word that NewSession
// cannot have made has none.
func SessionHash(word string) (string, bool) {
	if len(word) != sessionLength {
		return "", false
	}
	sum := sha256.Sum256([]byte(word))
	return hex.EncodeToString(sum[:]), true
}
