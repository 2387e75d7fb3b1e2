// SPDX-License-Identifier: Apache-2.0

package template

import (
	"slices"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// urlHeaders hold URLs that browsers follow or fetch, or take for that of the page (RFC 9110, RFC 8288, the HTML standard).
var urlHeaders = map[string]urlKind{
	"content-location": urlHeader, "location": urlHeader, "sourcemap": urlHeader, "x-sourcemap": urlHeader,
	"link": urlLink, "refresh": urlRefresh,
}

// directiveHeaders are lists of directives by which browsers go. A value with a separator in it adds one: "/x;script-src *" behind
// "report-uri" allows every script, and "a; Domain=example.com" in a cookie gives it to other hosts.
var directiveHeaders = []string{
	"alt-svc", "clear-site-data", "content-security-policy", "content-security-policy-report-only", "nel", "permissions-policy", "report-to",
	"reporting-endpoints", "set-cookie",
}

// allowOrigin names the pages that may read the reply.
const allowOrigin = "access-control-allow-origin"

// checkHeader reports variables with which a client could choose where a browser goes or what it allows: the text is the value of a
// header.
func (p *parser) checkHeader() {
	name := chars.Lower(p.options.Header)
	if kind := urlHeaders[name]; kind != urlNone {
		p.checkURLs(quote.Text(p.options.Header), kind, 0, len(p.text), p.variables)
	}
	for i := range p.variables {
		v := &p.variables[i]
		switch {
		case v.kind == KindAbsent || v.isURL():
		case slices.Contains(directiveHeaders, name) && v.isInLink():
			p.refuse(code.UnsafeHeader, v, "stands in "+quote.Text(p.options.Header)+`, so that a client could add to it behind a ";" or ","`, "write "+v.filtered())
		case name == allowOrigin && !v.isOwners():
			p.warn(code.EchoedOrigin, v.start, quote.Text(p.text[v.start:v.end])+" "+opensToPages)
		}
	}
}

// opensToPages is what is wrong with a value of a client in Access-Control-Allow-Origin.
const opensToPages = `lets every page read the reply; name the origins in "cors"`

// Danger says, with the kind of the finding, what a client can do whose value becomes that of the header called name, as a whole: the value of the variable called
// source. It is "" for most.
func Danger(name, source string) (c code.Code, danger string) {
	v := variable{name: source}
	lower := chars.Lower(name)
	switch {
	case v.isOwners():
		return 0, ""
	case urlHeaders[lower] != urlNone:
		return code.UnsafeURL, "lets a client choose where " + quote.Text(name) + ` leads; use "headers", e.g. "https://login.example.com/?to=${context.envoy.originalPath|url}"`
	case slices.Contains(directiveHeaders, lower) && v.isInLink():
		return code.UnsafeHeader, "lets a client choose all of " + quote.Text(name) + `; use "headers" and ` + v.filtered()
	case lower == allowOrigin:
		return code.EchoedOrigin, opensToPages
	}
	return 0, ""
}
