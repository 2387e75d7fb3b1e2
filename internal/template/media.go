// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// syntax is how a body is read, hence how values must be escaped in it.
type syntax uint8

const (
	syntaxUnknown syntax = iota
	syntaxPlain
	syntaxJSON
	syntaxHTML
	syntaxXML
	syntaxForm
)

// syntaxOf returns the syntax of a media type; that of a header value is plain.
func syntaxOf(mediaType string) syntax {
	switch essence := chars.MediaType(mediaType); {
	case essence == "" || essence == "text/plain":
		return syntaxPlain
	case essence == "application/json" || essence == "text/json" || strings.HasSuffix(essence, "+json"):
		return syntaxJSON
	case essence == "text/html":
		return syntaxHTML
	case essence == "application/xml" || essence == "text/xml" || strings.HasSuffix(essence, "+xml"):
		return syntaxXML
	case essence == "application/x-www-form-urlencoded":
		return syntaxForm
	default:
		return syntaxUnknown
	}
}

// SameSyntax reports whether values are escaped alike in bodies of two media types, so that one can be read as the other.
func SameSyntax(one, other string) bool {
	syntax := syntaxOf(one)
	return syntax != syntaxUnknown && syntax == syntaxOf(other)
}

// IsJSON reports whether a body of this media type is JSON.
func IsJSON(mediaType string) bool { return syntaxOf(mediaType) == syntaxJSON }
