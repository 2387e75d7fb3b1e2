// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/vars"
)

func newVariables(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "variables [WORD...]",
		Short: "List the values that a reply can quote",
		Long: `variables lists the names that templates and mappings can use, with what each stands for, and what the filter reads from Envoy
for it. With WORD it lists the names that have one of the words in them.`,
		Example: "  gwr variables\n  gwr variables header requestId",
		RunE: func(_ *cobra.Command, words []string) error {
			sections := sectionsWith(words)
			if sections == nil {
				a.say("no variable has %s in its name", strings.Join(words, " or "))
				return errFindings
			}
			if format == "json" {
				return a.json(struct {
					Variables []variable `json:"variables"`
				}{variablesOf(sections)})
			}
			chapters := make([]string, len(sections))
			for i, section := range sections {
				chapters[i] = section.Title + "\n" + listing.Table("  ", variableRows(section.Rows))
			}
			_, err := io.WriteString(a.out, strings.Join(chapters, "\n"))
			return err
		},
	}
	addFormat(cmd, &format, "text", "json")
	return cmd
}

// variable is a name as JSON.
type variable struct {
	Name    string `json:"name"`
	Section string `json:"section"`
	About   string `json:"about"`
	// Number reports that the value is a number in JSON, and Absent that there never is one.
	Number bool   `json:"number,omitempty"`
	Absent bool   `json:"absent,omitempty"`
	Costs  string `json:"costs,omitempty"`
}

// sectionsWith are the sections with the names that have one of the words in them, in any case; all names without words.
func sectionsWith(words []string) []vars.Section {
	var sections []vars.Section
	for _, section := range vars.Sections() {
		var rows []vars.Row
		for _, row := range section.Rows {
			if hasWord(row.Name, words) {
				rows = append(rows, row)
			}
		}
		if section.Rows = rows; rows != nil {
			sections = append(sections, section)
		}
	}
	return sections
}

// hasWord reports whether a name has one of the words in it.
func hasWord(name string, words []string) bool {
	for _, word := range words {
		if strings.Contains(strings.ToLower(name), strings.ToLower(word)) {
			return true
		}
	}
	return len(words) == 0
}

// variablesOf are the names of sections as JSON.
func variablesOf(sections []vars.Section) []variable {
	all := []variable{}
	for _, section := range sections {
		for i := range section.Rows {
			row := &section.Rows[i]
			all = append(all, variable{row.Name, section.Title, row.About, row.Form == vars.JSON, !row.HasValue(), unmarked(row.Costs())})
		}
	}
	return all
}

// variableRows are names with what they stand for and what they cost.
func variableRows(rows []vars.Row) [][]string {
	lines := make([][]string, len(rows))
	for i := range rows {
		row := &rows[i]
		about := unmarked(row.About)
		if costs := unmarked(row.Costs()); costs != "" {
			about += " (reads " + costs + ")"
		}
		lines[i] = []string{row.Name, about}
	}
	return lines
}

// unmarked is a text without the marks of Markdown for code.
func unmarked(text string) string { return strings.ReplaceAll(text, "`", "") }
