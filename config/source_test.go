// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"
	"testing"

	"gatewayresponses/internal/nearest"
)

// TestStaticValueLength holds the limit of a static value, which a case file would bury in text.
func TestStaticValueLength(t *testing.T) {
	longest := strings.Repeat("é", MaxHeaderValue/2)
	for _, tc := range []struct{ name, literal, want string }{
		{"longest", longest, ""},
		{"a byte more", longest + "x", `gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.a"] (line 1, column 105): the static value has 8193 bytes; use at most 8192`},
	} {
		_, findings := Decode([]byte(`{"emulate":"aws","gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":     "'` + tc.literal + `'"}}}}`))
		if got := findings.String(); got != tc.want || findings.HasErrors() != (tc.want != "") {
			t.Errorf("%s: findings %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestMeantSource(t *testing.T) {
	for _, tc := range []struct{ name, value, want string }{
		{"dollar", "$context.requestId", "context.requestId"},
		{"braces", "${stageVariables.docs}", "stageVariables.docs"},
		{"spaces and dollar", " $context.requestId\t", "context.requestId"},
		{"dollar and plural", "$method.request.headers.Accept", "method.request.header.Accept"},
		{"plural of another kind", "method.request.querystrings.page", "method.request.querystring.page"},
		{"swapped letters", "stageVairables.docs", "stageVariables.docs"},
		{"name keeps its case", "CONTEXT.requestId", "context.requestId"},
		{"double quotes", `"a b"`, "'a b'"},
		{"double quotes around a line feed", "\"a\nb\"", ""},
		{"request without its root", "request.header.Accept", "method.request.header.Accept"},
		{"meant name is bad", "$context.a b", ""},
		{"request body", "$method.request.body", ""},
		{"word", "no-store", ""},
		{"URL", "https://example.com/a", ""},
		{"empty", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, ok := meantSource(tc.value, new(nearest.Search))
			if ok != (tc.want != "") || ok && got != tc.want {
				t.Errorf("meantSource(%q) = %q, %t, want %q", tc.value, got, ok, tc.want)
			}
		})
	}
}
