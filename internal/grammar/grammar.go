// SPDX-License-Identifier: Apache-2.0

// Package grammar checks single strings of a document by the grammars of HTTP and of AWS's header mappings: hosts, methods,
// origins, headers and media types, and the keys and values of responseParameters.
//
// It knows neither documents nor JSON. A check returns nil, or the one flaw that a string has: where it shows, and what
// would be right.
//
// The grammar of header mappings, in the notation of RFC 5234:
//
//	KEY      = "gatewayresponse." ("header" / "path" / "querystring") "." NAME
//	VALUE    = "'" text "'"
//	         / "method.request.header." NAME      / "method.request.multivalueheader." NAME
//	         / "method.request.querystring." NAME / "method.request.multivaluequerystring." NAME
//	         / "method.request.path." NAME        / "method.input.params." NAME
//	         / "context." name *("." name)        / "stageVariables." name
//	         / "response.header." NAME
//
// Case matters. NAME is all that follows, dots included; where it is a header it is a token (RFC 9110 section 5.6.2). A
// name has no white space, no control characters and none of $ { } | ' ". The text of a static value needs no escape for
// single quotes, and removes the header when it is empty. It may hold no control character other than a tab: that would
// end the client's HTTP/2 stream.
package grammar

import "gatewayresponses/internal/code"

// Flaw is something wrong with one string.
type Flaw struct {
	// Code is the kind of the flaw.
	Code code.Code
	// Warning reports that the string has no effect, which harms nothing.
	Warning bool
	// At is the byte of the string where it shows, Whole for all of it.
	At int
	// Message says what is wrong, quotes it, and says what would be right.
	Message string
}

// Whole is the place of what concerns all of a string.
const Whole = -1

// Wrong is the flaw of a string that is wrong as a whole.
func Wrong(c code.Code, message string) *Flaw { return &Flaw{Code: c, At: Whole, Message: message} }
