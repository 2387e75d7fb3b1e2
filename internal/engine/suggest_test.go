// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"
)

// TestSuggestions holds that names are suggested for the first findings of a document only, and advice is given for all.
func TestSuggestions(t *testing.T) {
	const n = maxSuggestions + 5
	for _, tc := range []struct{ name, document, suggestion, advice string }{
		{"variables", withTemplate("text/plain", strings.Repeat("$context.pathh ", n)), "did you mean", "docs/variables.md lists the names"},
		{
			"stage variables", `{"stageVariables":{"docs":"d"},` + withTemplate("text/plain", strings.Repeat("$stageVariables.doc ", n))[1:],
			"did you mean", `add it to "stageVariables"`,
		},
		{"types", `{"gatewayResponses":{` + numbered(n, `"MISSING_AUTHENTICATION_TOKEN#":{},`) + `"THROTTLED":{}}}`, "did you mean", "the types are"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, findings := Load([]byte(tc.document), Everything())
			text := findings.String()
			if got := strings.Count(text, tc.suggestion); got != maxSuggestions {
				t.Errorf("%d suggestions, want %d", got, maxSuggestions)
			}
			if got := strings.Count(text, tc.advice); got != n-maxSuggestions {
				t.Errorf("%d pieces of advice, want %d", got, n-maxSuggestions)
			}
		})
	}
}
