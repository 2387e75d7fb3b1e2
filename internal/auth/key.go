// SPDX-License-Identifier: Apache-2.0

package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"strings"
)

// Credentials are an access key: what tools of AWS call access key id and secret access key.
type Credentials struct {
	ID, Secret string
}

const (
	// keyPrefix begins the ids of access keys, as AKIA does on AWS.
	keyPrefix = "GWRA"
	// bearerPrefix begins the bearer form, so that scanners for secrets can find it.
	bearerPrefix = "gwr_"

	idLength     = 20
	secretLength = 40

	idAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	// secretAlphabet has no character that shells, URLs or files of AWS's tools read as something else.
	secretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
)

// NewCredentials makes an access key by chance. Its secret has 238 bits.
func NewCredentials() Credentials {
	return Credentials{
		ID:     keyPrefix + random(idAlphabet, idLength-len(keyPrefix)),
		Secret: random(secretAlphabet, secretLength),
	}
}

// random is a text of characters of which each is as likely as any other.
func random(alphabet string, length int) string {
	// Bytes from this on would make the first characters likelier.
	limit := 256 - 256%len(alphabet)
	text := make([]byte, 0, length)
	chance := make([]byte, 2*length)
	for len(text) < length {
		rand.Read(chance) // never fails
		for _, c := range chance {
			if int(c) < limit && len(text) < length {
				text = append(text, alphabet[int(c)%len(alphabet)])
			}
		}
	}
	return string(text)
}

// String is the id alone: what prints a key by accident prints no secret.
func (c Credentials) String() string { return c.ID }

// Bearer is the access key in one word, as HTTP's scheme Bearer takes it.
func (c Credentials) Bearer() string { return bearerPrefix + c.ID + "_" + c.Secret }

// ParseBearer reads what Bearer makes. It reports whether the text has that form; whether it is the word of a key, only
// the secret tells.
func ParseBearer(text string) (Credentials, bool) {
	rest, ok := strings.CutPrefix(text, bearerPrefix)
	if !ok {
		return Credentials{}, false
	}
	id, secret, ok := strings.Cut(rest, "_")
	return Credentials{ID: id, Secret: secret}, ok && IsKeyID(id) && len(secret) == secretLength
}

// IsKeyID reports whether a text has the form of an id of an access key.
func IsKeyID(text string) bool {
	rest, ok := strings.CutPrefix(text, keyPrefix)
	return ok && len(text) == idLength && strings.Trim(rest, idAlphabet) == ""
}

// Same reports whether two secrets are the same, and takes the same time wherever they differ.
func Same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
