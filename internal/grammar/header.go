// SPDX-License-Identifier: Apache-2.0

package grammar

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// reservedHeaders are the headers that a document cannot set, in lower case, and why.
var reservedHeaders = [...]struct{ name, why string }{
	// The proxy computes the framing; another length or coding than the real one cuts or hangs the connection.
	{"content-length", "the proxy frames the reply"},
	{"transfer-encoding", "the proxy frames the reply"},
	{"trailer", "the proxy frames the reply"},
	// They are about one connection, so the proxy strips or sets them; HTTP/2 forbids them (RFC 9113 section 8.2.2).
	{"connection", "it is about the connection"},
	{"keep-alive", "it is about the connection"},
	{"proxy-connection", "it is about the connection"},
	{"te", "it is about the connection"},
	{"upgrade", "it is about the connection"},
	// A template is sent as it is rendered.
	{"content-encoding", "the body is sent without a coding"},
	{"host", "it belongs to requests"},
	// Envoy writes both when all filters are done.
	{"date", "the proxy sets it"},
	{"server", "the proxy sets it"},
	// They say which request and which error this is, so clients and support must be able to trust them.
	{"x-amzn-requestid", "it is set by emulate: aws alone"},
	{"x-amzn-errortype", "it is set by emulate: aws alone"},
}

// ReservedHeaders are the headers that a document cannot set, in lower case.
func ReservedHeaders() []string {
	names := make([]string, len(reservedHeaders))
	for i, header := range reservedHeaders {
		names[i] = header.name
	}
	return names
}

// Reserved says why a document cannot set the header called name, in any case; "" when it can.
func Reserved(name string) string {
	for _, header := range reservedHeaders {
		if chars.EqualFold(header.name, name) {
			return header.why
		}
	}
	return ""
}

// CheckHeaderToken says what is wrong with the name of a header as such.
func CheckHeaderToken(name string) *Flaw {
	if !chars.IsToken(name) {
		return Wrong(code.BadHeaderName, quote.Text(name)+" is not a header name; "+headerNameAdvice)
	}
	return nil
}

// CheckHeaderName says what is wrong with the name of a header to set.
func CheckHeaderName(name string) *Flaw {
	if problem := CheckHeaderToken(name); problem != nil {
		return problem
	}
	if why := Reserved(name); why != "" {
		return &Flaw{Code: code.ReservedHeader, Warning: true, At: Whole, Message: "header " + quote.Text(name) + " cannot be set (" + why + "), so this has no effect; remove it"}
	}
	return nil
}

// headerNameAdvice says what RFC 9110 allows in the name of a header.
const headerNameAdvice = "use letters, digits and !#$%&'*+-.^_`|~"

// CheckHeaderText reports whether text holds a character that no header value may hold.
func CheckHeaderText(text string) *Flaw {
	i := chars.Forbidden(text)
	if i < 0 {
		return nil
	}
	return &Flaw{Code: code.BadHeaderValue, At: i, Message: "a header value cannot hold the control character " + strconv.QuoteRune(rune(text[i])) + "; remove it"}
}

// pseudoHeaders are what a request has beside its header lines, in Envoy as in HTTP/2.
var pseudoHeaders = []string{":authority", ":method", ":path", ":scheme"}

// CheckRequestHeader says what is wrong with the name of a request header to look at.
func CheckRequestHeader(name string) *Flaw {
	if chars.IsToken(name) || slices.Contains(pseudoHeaders, name) {
		return nil
	}
	return Wrong(code.BadHeaderName, quote.Text(name)+" is not a header name; "+headerNameAdvice+", or one of "+"\":authority\", \":method\", \":path\" or \":scheme\"")
}

// CheckResponseHeader says what is wrong with the name of a response header to look at.
func CheckResponseHeader(name string) *Flaw {
	switch {
	case chars.IsToken(name):
		return nil
	case name == ":status":
		return Wrong(code.BadHeaderName, `":status" is not a header line; use "status"`)
	default:
		return Wrong(code.BadHeaderName, quote.Text(name)+" is not a header name; "+headerNameAdvice)
	}
}
