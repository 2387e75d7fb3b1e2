// SPDX-License-Identifier: Apache-2.0

// Package cors says which headers let pages of other origins read the replies that are ours, and answers preflights
// (https://fetch.spec.whatwg.org/#http-cors-protocol).
//
// It knows headers only. Which replies are errors of the gateway, and what else a reply holds, is for its caller.
package cors

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// AllowOrigin is the header that names who may read a reply, in lower case.
const AllowOrigin = "access-control-allow-origin"

// The other headers of the protocol that are read or written, in lower case.
const (
	origin           = "origin"
	requestMethod    = "access-control-request-method"
	allowCredentials = "access-control-allow-credentials"
	exposeHeaders    = "access-control-expose-headers"
	allowMethods     = "access-control-allow-methods"
	allowHeaders     = "access-control-allow-headers"
	maxAge           = "access-control-max-age"
)

// Policy is the compiled key cors of a document. The nil one lets no page read anything.
type Policy struct {
	origins allowedOrigins
	// onError are the headers that go with the allowed origin on an error.
	onError facts.Headers
	// preflight are those on the answer to a preflight, nil to leave preflights.
	preflight facts.Headers
}

// New compiles the key cors; nil gives the nil policy.
func New(document *config.CORS) *Policy {
	if document == nil {
		return nil
	}
	p := &Policy{origins: newAllowedOrigins(document.AllowOrigins)}
	always := facts.Headers{}
	if document.AllowCredentials {
		always = facts.Headers{{Name: allowCredentials, Value: "true"}}
	}
	p.onError = listHeader(slices.Clone(always), exposeHeaders, document.ExposeHeaders)
	if document.Preflight != nil {
		p.preflight = preflightHeaders(always, document.Preflight)
	}
	return p
}

// preflightHeaders are what a preflight is answered with: headers, which are not nil, and others behind them.
func preflightHeaders(headers facts.Headers, preflight *config.Preflight) facts.Headers {
	headers = listHeader(headers, allowMethods, preflight.AllowMethods)
	headers = listHeader(headers, allowHeaders, preflight.AllowHeaders)
	if preflight.MaxAge >= 0 {
		headers = append(headers, facts.Header{Name: maxAge, Value: strconv.Itoa(preflight.MaxAge)})
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

// RequestHeaders names the request headers, in lower case, that ErrorHeaders looks at.
func (p *Policy) RequestHeaders() []string {
	if !p.VariesByOrigin() {
		return nil
	}
	return []string{origin}
}

// PreflightRequestHeaders names those that AnswersPreflight and Preflight look at, none when preflights are left.
func (p *Policy) PreflightRequestHeaders() []string {
	if !p.AnswersPreflights() {
		return nil
	}
	return []string{origin, ":method", requestMethod}
}

// VariesByOrigin reports whether replies depend on who asks, so that caches have to be told.
func (p *Policy) VariesByOrigin() bool { return p != nil && !p.origins.any }

// ErrorHeaders are the headers that let a page read an error which answers a request, none when its origin is not allowed.
// taken reports whether the reply has a header already, or must not get it: with an Access-Control-Allow-Origin somebody has
// decided who reads it.
func (p *Policy) ErrorHeaders(request facts.Headers, taken func(name string) bool) facts.Headers {
	if p == nil || taken(AllowOrigin) {
		return nil
	}
	allowed, ok := p.origins.allow(request)
	if !ok {
		return nil
	}
	headers := append(make(facts.Headers, 0, 1+len(p.onError)), facts.Header{Name: AllowOrigin, Value: allowed})
	for _, line := range p.onError {
		if !taken(line.Name) {
			headers = append(headers, line)
		}
	}
	return headers
}

// AnswersPreflights reports whether the policy answers any preflight.
func (p *Policy) AnswersPreflights() bool { return p != nil && p.preflight != nil }

// AnswersPreflight reports whether a reply with a status refuses a preflight that the policy answers. Preflights carry no
// credentials, so filters that ask for some, or count requests, refuse all of them, and the request itself is never sent.
func (p *Policy) AnswersPreflight(request facts.Headers, status int) bool {
	if !p.AnswersPreflights() || !slices.Contains(refusals, status) {
		return false
	}
	method, _ := request.First(":method")
	_, asks := request.First(requestMethod)
	_, from := request.First(origin)
	_, allowed := p.origins.allow(request)
	return method == "OPTIONS" && asks && from && allowed
}

// refusals are the statuses that say more of the missing credentials of a preflight than of the request behind it.
var refusals = []int{401, 403, 429}

// AboutRefusal names headers of a refusal, in lower case, that make no sense on the answer to a preflight.
var AboutRefusal = []string{"www-authenticate", "retry-after"}

// Preflight are the headers of the answer to a request for which AnswersPreflight holds.
func (p *Policy) Preflight(request facts.Headers) facts.Headers {
	allowed, _ := p.origins.allow(request)
	return slices.Concat(facts.Headers{{Name: AllowOrigin, Value: allowed}}, p.preflight)
}
