// SPDX-License-Identifier: Apache-2.0

package catalogue

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite docs/findings.md")

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
	want := b.String()
	path := "../../" + page
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is not what the catalogue says; run make generate (-want +got):\n%s", page, diff)
	}
}
