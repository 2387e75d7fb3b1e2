// SPDX-License-Identifier: Apache-2.0

// Package sigv4 verifies requests that are signed with AWS Signature Version 4,
// in the Authorization header or in the query (presigned).
//
// A signature covers the method, the path, the query, the headers that it names
// and the body. Two requests that differ in something that a server reads have
// different signatures here: query parameters that decoders read in different
// ways are refused, and Result.Path is the path that was signed.
//
// What AWS's services for credentials of sessions, for signed chunks and for
// asymmetric keys (SigV4a) need is refused with a sentence that says so.
package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Skew is how far the clock of a signer may be from ours, either way.
const Skew = 5 * time.Minute

// MaxExpires is how long a presigned request may be good for.
const MaxExpires = 7 * 24 * time.Hour

// Result is what a valid signature says.
type Result struct {
	// Key is the id of the access key.
	Key string
	// Region and Service are what the signature is for.
	Region, Service string
	// At is when the request was signed.
	At time.Time
	// Presigned reports whether the signature is in the query.
	Presigned bool
	// Path is the path that was signed, percent-encoded as it was sent. It is another one than the request's only where that
	// has dot segments or empty ones, and its signer had removed them: then what is asked for is this.
	Path string
}

// Verifier checks signatures.
type Verifier struct {
	// Services are those that a signature may be for, such as "apigateway".
	Services []string
	// Secret gives the secret of an access key. Its errors come back as they are; Unknown and Expired are made for it.
	Secret func(key string) (string, error)
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Verify checks the signature of a request with this body. Errors are of type *Error, or those of Secret.
func (v *Verifier) Verify(r *http.Request, body []byte) (Result, error) {
	sent, err := read(r)
	if err != nil {
		return Result{}, err
	}
	if !slices.Contains(v.Services, sent.scope.service) {
		return Result{}, invalid("Credential should be scoped to correct service: '%s'.", strings.Join(v.Services, "' or '"))
	}
	if err := sent.inTime(v.now()); err != nil {
		return Result{}, err
	}
	payload, err := payloadHash(r, sent, body)
	if err != nil {
		return Result{}, err
	}
	message, err := newMessage(r, sent, payload)
	if err != nil {
		return Result{}, err
	}
	secret, err := v.Secret(sent.scope.key)
	if err != nil {
		return Result{}, err
	}
	signingKey := sent.scope.signingKey(secret)
	result := Result{Key: sent.scope.key, Region: sent.scope.region, Service: sent.scope.service, At: sent.at, Presigned: sent.presigned}
	for _, path := range message.paths() {
		if sent.signedBy(signingKey, message.canonical(path)) {
			result.Path = path
			return result, nil
		}
	}
	return Result{}, mismatch(sent, message)
}

func (v *Verifier) now() time.Time {
	if v.Now == nil {
		return time.Now()
	}
	return v.Now()
}

// signedBy reports whether the signature that came is that of a canonical request.
func (s *signed) signedBy(signingKey []byte, canonical string) bool {
	want := hex.EncodeToString(sign(signingKey, s.stringToSign(canonical)))
	return hmac.Equal([]byte(want), []byte(s.signature))
}

// stringToSign is what is signed of a canonical request.
func (s *signed) stringToSign(canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	return strings.Join([]string{algorithm, s.at.Format(basicTime), s.scope.String(), hex.EncodeToString(sum[:])}, "\n")
}

// signingKey derives the key that a secret has within a scope.
func (s scope) signingKey(secret string) []byte {
	key := []byte("AWS4" + secret)
	for _, part := range []string{s.date, s.region, s.service, terminator} {
		key = sign(key, part)
	}
	return key
}

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// maxShown is the size of canonical requests that an error shows, in bytes.
const maxShown = 8 << 10

// mismatch is the error for a signature that is not the one that we calculated. Like AWS, it shows of what that was made: a
// caller sees what a proxy in between has changed. It holds nothing but what the request itself says.
func mismatch(sent *signed, m *message) *Error {
	text := "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method." +
		" Consult the service documentation for details."
	paths := m.paths()
	canonical := m.canonical(paths[len(paths)-1])
	if len(canonical) > maxShown {
		return invalid("%s", text)
	}
	return invalid("%s\n\nThe Canonical String for this request should have been\n'%s'\n\nThe String-to-Sign should have been\n'%s'\n",
		text, canonical, sent.stringToSign(canonical))
}
