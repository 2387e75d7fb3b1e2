// SPDX-License-Identifier: Apache-2.0

package catalogue

import (
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
)

const pageHead = `# Findings

<!-- Made from internal/catalogue by make generate. -->

What the filter's log and ` + "`gwr`" + ` find in documents, by the code that stands in each finding. A code never changes its meaning. An *error* refuses the
document, and the last good one goes on; a *warning* does not. Which one a finding is depends on the document: with ` + "`\"emulate\": \"aws\"`" + ` much of what AWS accepts is a warning.
Each example has the finding under whose code it stands.
`

// TestPage holds that docs/findings.md is made of the catalogue.
func TestPage(t *testing.T) {
	var b strings.Builder
	b.WriteString(pageHead)
	for _, section := range Sections() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", section.Title, section.About)
		for _, e := range section.Entries {
			fmt.Fprintf(&b, "\n### <a id=\"%s\"></a>%s: %s\n\n%s\n\n*What to do:* %s\n", anchor(e.Code), e.Code, e.Title, e.Means, e.Fix)
			if e.Example != "" {
				language := "yaml"
				if strings.HasPrefix(e.Example, "{") {
					language = "json"
				}
				fmt.Fprintf(&b, "\n```%s\n%s\n```\n", language, e.Example)
			}
		}
	}
	golden.File(t, "../../"+page, b.String())
}
