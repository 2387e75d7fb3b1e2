// SPDX-License-Identifier: Apache-2.0

// Package glob matches names against patterns.
//
// In a pattern * stands for any text, the empty one included. Every other character stands for itself: there are no
// classes, no alternatives and no escapes, so a literal * cannot be asked for. A pattern is compared with the whole
// text, byte by byte, and upper and lower case differ.
//
//	jwt_authn_access_denied{Jwks_*   matches   jwt_authn_access_denied{Jwks_remote_fetch_is_failed}
//	*/virtual-service/shop           matches   /apis/networking.istio.io/v1/virtual-service/shop
package glob

import "strings"

// Pattern is a pattern that is parsed once and compared with many texts. It is immutable.
type Pattern struct {
	// head is what stands before the first star, rest what stands behind it.
	head, rest string
	starred    bool
}

// Parse parses a pattern. There is no bad one.
func Parse(pattern string) Pattern {
	var p Pattern
	p.head, p.rest, p.starred = strings.Cut(pattern, "*")
	return p
}

// Match reports whether pattern matches the whole of text. It takes time linear in the two and allocates nothing.
func Match(pattern, text string) bool {
	p := Parse(pattern)
	return p.Match(text)
}

// Match reports whether the pattern matches the whole of text, as the function of that name does.
func (p *Pattern) Match(text string) bool {
	if !p.starred {
		return p.head == text
	}
	text, found := strings.CutPrefix(text, p.head)
	return found && (p.rest == "" || endsAs(text, p.rest))
}

// endsAs reports whether what stands behind the first star of a pattern matches the end of text.
func endsAs(text, rest string) bool {
	// Each part between two stars may be taken where it occurs first: that leaves the most text to the parts behind it.
	for {
		part, behind, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(text, part)
		}
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text, rest = text[at+len(part):], behind
	}
}

// Written is the pattern as it was written. It is not called String, which would make it part of every filter: whatever has that
// method may be printed.
func (p *Pattern) Written() string {
	if !p.starred {
		return p.head
	}
	return p.head + "*" + p.rest
}
