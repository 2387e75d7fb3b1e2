// SPDX-License-Identifier: Apache-2.0

package facts

import (
	"maps"
	"slices"
	"strings"
)

// Header is one header line. The name is in lower case, as Envoy hands it out.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Headers is a header map in the order of the wire. A name may occur more than once.
type Headers []Header

// HeadersOf are headers as net/http has them, in the order of their names, which are in lower case then.
func HeadersOf(values map[string][]string) Headers {
	headers := Headers{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			headers = append(headers, Header{strings.ToLower(name), value})
		}
	}
	return headers
}

// First returns the value of the first line called name, which must be in lower case.
func (h Headers) First(name string) (string, bool) {
	for _, line := range h {
		if line.Name == name {
			return line.Value, true
		}
	}
	return "", false
}

// Last returns the value of the last line called name, which must be in lower case.
func (h Headers) Last(name string) (string, bool) {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].Name == name {
			return h[i].Value, true
		}
	}
	return "", false
}

// Only returns the value of the line called name, which must be in lower case, when there is exactly one.
func (h Headers) Only(name string) (value string, ok bool) {
	for i := range h {
		if h[i].Name != name {
			continue
		}
		if ok {
			return "", false
		}
		value, ok = h[i].Value, true
	}
	return value, ok
}

// Joined returns the values of every line called name, which must be in lower case, with a separator between them.
func (h Headers) Joined(name, separator string) string {
	if value, ok := h.Only(name); ok {
		return value
	}
	return strings.Join(h.Values(name), separator)
}

// Values returns the values of every line called name, which must be in lower case.
func (h Headers) Values(name string) []string {
	var values []string
	for _, line := range h {
		if line.Name == name {
			values = append(values, line.Value)
		}
	}
	return values
}

// RequestHeaderName is what Envoy calls a request header, whose name is in lower case: it keeps Host as the pseudo-header of
// HTTP/2.
func RequestHeaderName(name string) string {
	if name == "host" {
		return ":authority"
	}
	return name
}

// RequestIDHeader is the request header that holds the id of the request. When it is absent, OtherRequestIDHeader is
// captured with it.
const RequestIDHeader = "x-request-id"

// OtherRequestIDHeader is the request header in which clients of AWS choose the id of their request.
const OtherRequestIDHeader = "x-amzn-requestid"

// RequestID is the id of the request whose headers these are.
func (h Headers) RequestID() (string, bool) {
	if id, found := h.First(RequestIDHeader); found {
		return id, true
	}
	return h.First(OtherRequestIDHeader)
}
