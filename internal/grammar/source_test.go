// SPDX-License-Identifier: Apache-2.0

package grammar

import (
	"testing"

	"gatewayresponses/internal/nearest"
)

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
