// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// FuzzCORS holds the laws of CORS for any pattern and any origin:
//   - what is sent back is the Origin of the request, byte for byte, and that matches the pattern
//   - its end from the last star on is the pattern's, so that it names a host that the owner has named
//   - it has the form of an origin, so that it can neither split the reply nor name two hosts
//   - an origin without a star that a document may hold allows itself
//   - a preflight is answered when and only when the page could read the error
func FuzzCORS(f *testing.F) {
	f.Add("https://*.example.org", "https://a.example.org")
	f.Add("https://*.example.org", "https://a.example.org.evil.com")
	f.Add("https://*.example.org", "https://evil.com/.example.org")
	f.Add("https://*.example.org", "https://evil.com:80@.example.org")
	f.Add("http://localhost:*", "http://localhost:3000")
	f.Add("http://[::1]:*", "http://[::1]:3000")
	f.Add("https://a.example", "https://a.example\r\nset-cookie: a=b")
	f.Add("https://a.example:8443", "null")
	f.Fuzz(func(t *testing.T, pattern, from string) {
		quoted, err := jsontext.AppendQuote(nil, pattern)
		if err != nil || pattern == "*" {
			return
		}
		program, _ := Load([]byte(`{"cors":{"allowOrigins":[` + string(quoted) + `],"preflight":{}},"gatewayResponses":{"ACCESS_DENIED":{}}}`))
		if program == nil {
			return
		}
		allowed, ok := readableBy(t, program, from)
		if ok && (allowed != from || !glob.Match(pattern, from) || !isOrigin(from)) {
			t.Errorf("pattern %q, origin %q: allowed %q", pattern, from, allowed)
		}
		if ok && !strings.HasSuffix(from, pattern[strings.LastIndexByte(pattern, '*')+1:]) {
			t.Errorf("pattern %q allows %q, which ends otherwise", pattern, from)
		}
		if !strings.Contains(pattern, "*") {
			if _, ok := readableBy(t, program, pattern); !ok {
				t.Errorf("the origin %q does not allow itself", pattern)
			}
		}
	})
}

// readableBy tells whom a denial lets read it, and whether it lets anybody, when a page of an origin asks.
func readableBy(t *testing.T, program *Program, from string) (string, bool) {
	exchange := facts.Facts{
		Request: facts.Request{Headers: facts.Headers{{Name: ":method", Value: "GET"}, {Name: "origin", Value: from}}},
		Reply:   facts.Reply{Status: 403, Details: "rbac_access_denied_matched_policy[none]", HasBody: true},
	}
	decided := program.Decide(&exchange)
	if got := decided.Headers.Set.Values("vary"); len(got) != 1 || got[0] != "Origin" {
		t.Errorf("origin %q: vary %q", from, got)
	}
	allowed, ok := decided.Headers.Set.First(allowOrigin)
	exchange.Request.Headers = facts.Headers{
		{Name: ":method", Value: "OPTIONS"}, {Name: "origin", Value: from}, {Name: requestMethod, Value: "PUT"},
	}
	preflight := program.Decide(&exchange)
	if preflighted, _ := preflight.Headers.Set.First(allowOrigin); (preflight.Reply.Status == 204) != ok || preflighted != allowed {
		t.Errorf("origin %q: preflight %d for %q, error for %q", from, preflight.Reply.Status, preflighted, allowed)
	}
	return allowed, ok
}
