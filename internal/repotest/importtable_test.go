// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// tableHeading stands above the import table in docs/ARCHITECTURE.md.
const tableHeading = "## Packages and what they import\n"

// imports are the packages of ours that one package imports.
type imports struct {
	// code is what its code imports, tests what only its tests import.
	code, tests []string
}

// importTable reads the import table of docs/ARCHITECTURE.md: for each package, by its path in the module, what it imports.
// A row has the cells package, job, imports, imports of the tests. A name without its folder stands for one in internal.
func importTable(t *testing.T) map[string]imports {
	t.Helper()
	page, err := os.ReadFile("../../docs/ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(page), tableHeading)
	if !ok {
		t.Fatalf("docs/ARCHITECTURE.md has no heading %q", tableHeading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	table := map[string]imports{}
	for line := range strings.Lines(section) {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 4 {
			t.Fatalf("a row of the import table has %d cells, want 4: %s", len(cells), line)
		}
		for _, name := range codeSpans(cells[0]) {
			if _, twice := table[name]; twice {
				t.Errorf("the import table has %s twice", name)
			}
			table[name] = imports{code: codeSpans(cells[2]), tests: codeSpans(cells[3])}
		}
	}
	for name, row := range table {
		for _, names := range [][]string{row.code, row.tests} {
			for i := range names {
				names[i] = inModule(table, names[i])
				if _, ok := table[names[i]]; !ok {
					t.Errorf("the import table lets %s import %s, which has no row", name, names[i])
				}
			}
		}
		for _, both := range row.tests {
			if slices.Contains(row.code, both) {
				t.Errorf("the import table lets the tests of %s import %s, which its code may import anyway", name, both)
			}
		}
	}
	return table
}

// inModule is the path of a package that the table calls by its name.
func inModule(table map[string]imports, name string) string {
	if _, ok := table["internal/"+name]; ok {
		return "internal/" + name
	}
	return name
}

// codeSpans are the texts between backticks.
func codeSpans(cell string) []string {
	var spans []string
	for _, found := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
		spans = append(spans, found[1])
	}
	return spans
}
