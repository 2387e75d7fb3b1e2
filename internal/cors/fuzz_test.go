// SPDX-License-Identifier: Apache-2.0

package cors

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
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
		document, findings := config.Decode([]byte(`{"cors":{"allowOrigins":[` + string(quoted) + `],"preflight":{}}}`))
		if findings.HasErrors() {
			return
		}
		policy := New(document.CORS)
		allowed, ok := readableBy(t, policy, from)
		if ok && (allowed != from || !glob.Match(pattern, from) || !isOrigin(from)) {
			t.Errorf("pattern %q, origin %q: allowed %q", pattern, from, allowed)
		}
		if ok && !strings.HasSuffix(from, pattern[strings.LastIndexByte(pattern, '*')+1:]) {
			t.Errorf("pattern %q allows %q, which ends otherwise", pattern, from)
		}
		if !strings.Contains(pattern, "*") {
			if _, ok := readableBy(t, policy, pattern); !ok {
				t.Errorf("the origin %q does not allow itself", pattern)
			}
		}
	})
}

// readableBy is whom an error lets read it, and whether it lets anybody, when a page of an origin asks.
func readableBy(t *testing.T, policy *Policy, from string) (string, bool) {
	request := facts.Headers{{Name: ":method", Value: "GET"}, {Name: origin, Value: from}}
	allowed, ok := policy.ErrorHeaders(request, func(string) bool { return false }).First(AllowOrigin)
	preflight := facts.Headers{{Name: ":method", Value: "OPTIONS"}, {Name: origin, Value: from}, {Name: requestMethod, Value: "PUT"}}
	if answers := policy.AnswersPreflight(preflight, 403); answers != ok {
		t.Errorf("origin %q: preflight answered = %t, error readable = %t", from, answers, ok)
	}
	if ok {
		if preflighted, _ := policy.Preflight(preflight).First(AllowOrigin); preflighted != allowed {
			t.Errorf("origin %q: preflight for %q, error for %q", from, preflighted, allowed)
		}
	}
	return allowed, ok
}
