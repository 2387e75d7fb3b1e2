// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"
)

// TestSuggestions holds that names are suggested until a document has had its share of work, and advice is given for all.
func TestSuggestions(t *testing.T) {
	const n, most = 2_000, 1_000
	for _, tc := range []struct{ name, document, suggestion, advice string }{
		{"variables", withTemplate("text/plain", strings.Repeat("$context.pathh ", n)), "did you mean", "docs/variables.md lists the names"},
		{
			"stage variables", `{"stageVariables":{` + numbered(1_000, `"defined#":"x",`) + `"docs":"d"},` +
				withTemplate("text/plain", strings.Repeat("$stageVariables.doc ", n))[1:],
			"did you mean", `add it to "stageVariables"`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, findings := Load([]byte(tc.document), Everything())
			text := findings.String()
			if got := strings.Count(text, tc.suggestion); got == 0 || got > most {
				t.Errorf("%d suggestions, want some, and at most %d", got, most)
			}
			if got := strings.Count(text, tc.suggestion) + strings.Count(text, tc.advice); got != n {
				t.Errorf("%d suggestions and pieces of advice, want %d", got, n)
			}
		})
	}
}
