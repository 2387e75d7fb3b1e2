// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/vars"
)

// Headers of the CORS protocol (https://fetch.spec.whatwg.org/#http-cors-protocol), in lower case.
const (
	origin           = "origin"
	requestMethod    = "access-control-request-method"
	allowOrigin      = "access-control-allow-origin"
	allowCredentials = "access-control-allow-credentials"
	exposeHeaders    = "access-control-expose-headers"
)

// cors lets pages of other origins read the replies that are ours. The nil one lets none.
type cors struct {
	origins allowedOrigins
	// always are the headers that go with the allowed origin, onError those of an error besides.
	always, onError facts.Headers
	// preflight are the headers of the answer to a preflight, nil to leave preflights.
	preflight facts.Headers
}

// cors compiles the key cors.
func (c *compiler) cors(document *config.CORS) *cors {
	if document == nil {
		return nil
	}
	compiled := &cors{origins: newAllowedOrigins(document.AllowOrigins)}
	if document.AllowCredentials {
		compiled.always = facts.Headers{{Name: allowCredentials, Value: "true"}}
	}
	compiled.onError = listHeader(nil, exposeHeaders, document.ExposeHeaders)
	if !compiled.origins.any {
		c.program.needs.need(vars.Needs{RequestHeaders: []string{origin}})
	}
	if document.Preflight != nil {
		compiled.preflight = preflightHeaders(document.Preflight)
	}
	return compiled
}

// needPreflight notes what tells preflights, which mode observe tells too.
func (c *compiler) needPreflight() {
	if c.program.cors != nil && c.program.cors.preflight != nil {
		c.program.needs.need(vars.Needs{RequestHeaders: []string{origin, ":method", requestMethod}})
	}
}

// preflightHeaders are what a preflight is answered with, never nil.
func preflightHeaders(preflight *config.Preflight) facts.Headers {
	headers := listHeader(facts.Headers{}, "access-control-allow-methods", preflight.AllowMethods)
	headers = listHeader(headers, "access-control-allow-headers", preflight.AllowHeaders)
	if preflight.MaxAge >= 0 {
		headers = append(headers, facts.Header{Name: "access-control-max-age", Value: strconv.Itoa(preflight.MaxAge)})
	}
	return headers
}

// listHeader adds a header that holds a list, unless that is empty.
func listHeader(headers facts.Headers, name string, members []string) facts.Headers {
	if len(members) == 0 {
		return headers
	}
	return append(headers, facts.Header{Name: name, Value: strings.Join(members, ", ")})
}

// errorHeaders are what an error reply gets besides. taken tells the headers that it has already: with an
// Access-Control-Allow-Origin somebody has decided who reads it, so that only caches are told more.
func (c *cors) errorHeaders(f *facts.Facts, varied []string, taken func(name string) bool) facts.Headers {
	if c == nil {
		return nil
	}
	headers := c.varyByOrigin(varied)
	allowed, ok := c.origins.allow(f.Request.Headers)
	if !ok || taken(allowOrigin) {
		return headers
	}
	headers = append(headers, facts.Header{Name: allowOrigin, Value: allowed})
	for _, line := range slices.Concat(c.always, c.onError) {
		if !taken(line.Name) {
			headers = append(headers, line)
		}
	}
	return headers
}

// varyByOrigin is the Vary header of a reply that depends on who asks, none when every origin gets the same.
func (c *cors) varyByOrigin(varied []string) facts.Headers {
	if c.origins.any {
		return nil
	}
	return facts.Headers{{Name: vary, Value: mergeVary(varied, "Origin")}}
}

// answersPreflight tells whether a reply refuses a preflight that the document answers. Preflights carry no credentials,
// so filters that ask for some, or count requests, refuse all of them, and the request itself is never sent.
func (c *cors) answersPreflight(f *facts.Facts, class classify.Result) bool {
	if c == nil || c.preflight == nil || class.Deliberate || !slices.Contains(refusals, f.Reply.Status) {
		return false
	}
	method, _ := f.Request.Headers.First(":method")
	_, asks := f.Request.Headers.First(requestMethod)
	_, from := f.Request.Headers.First(origin)
	_, allowed := c.origins.allow(f.Request.Headers)
	return method == "OPTIONS" && asks && from && allowed
}

// refusals are the statuses that say more of the missing credentials of a preflight than of the request behind it.
var refusals = []int{401, 403, 429}

// aboutRefusal are headers of a refusal that make no sense on the answer to a preflight.
var aboutRefusal = []string{"www-authenticate", "retry-after"}

// preflightHeadersOf are the headers of the answer to a preflight.
func (c *cors) preflightHeadersOf(f *facts.Facts) facts.Headers {
	allowed, _ := c.origins.allow(f.Request.Headers)
	headers := c.varyByOrigin(f.Reply.Headers.Values(vary))
	headers = append(headers, facts.Header{Name: allowOrigin, Value: allowed})
	return slices.Concat(headers, c.always, c.preflight)
}
