// SPDX-License-Identifier: Apache-2.0

package engine

// Framing is how the length of a reply's body is announced.
type Framing uint8

// The framings.
const (
	// Sized: content-length is the length of Reply.Body.
	Sized Framing = iota
	// Unsized: the body quotes the original one, so its length is not known when the headers go.
	Unsized
	// Bare: the status allows neither a body nor a length (RFC 9110 sections 8.6, 15.3.5 and 15.4.5).
	Bare
)

// Framing says how the length of the body is announced.
func (r *Reply) Framing() Framing {
	switch {
	case r.Status == 204 || r.Status == 304:
		return Bare
	case r.Quote != nil:
		return Unsized
	default:
		return Sized
	}
}

// isBodiless reports whether a status allows no body (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5). A 205 announces the length
// 0 all the same.
func isBodiless(status int) bool { return status == 204 || status == 205 || status == 304 }
