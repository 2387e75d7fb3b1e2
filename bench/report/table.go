// SPDX-License-Identifier: Apache-2.0

package report

import (
	"strings"
	"text/tabwriter"
	"unicode/utf8"
)

// table is a table for a page or for a terminal. The first line has the titles; the first column is of text.
type table struct{ lines [][]string }

// add adds a line.
func (t *table) add(cells ...string) { t.lines = append(t.lines, cells) }

// markdown writes the table for a page.
func (t *table) markdown() string {
	var b strings.Builder
	for i, line := range t.lines {
		b.WriteString("| " + strings.Join(line, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|---|" + strings.Repeat("---:|", len(line)-1) + "\n")
		}
	}
	return b.String()
}

// text writes the table for a terminal.
func (t *table) text() string {
	var b strings.Builder
	widest := 0
	for _, line := range t.lines {
		widest = max(widest, utf8.RuneCountInString(plain(line[0])))
	}
	// Numbers stand at the right of their columns, texts at the left.
	numbers := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, line := range t.lines {
		padding := strings.Repeat(" ", widest-utf8.RuneCountInString(plain(line[0])))
		// A write to a buffer does not fail.
		_, _ = numbers.Write([]byte(plain(line[0]+padding+"\t"+strings.Join(line[1:], "\t")) + "\t\n"))
	}
	_ = numbers.Flush()
	return b.String()
}

// plain takes the marks of code away.
func plain(text string) string { return strings.ReplaceAll(text, "`", "") }
