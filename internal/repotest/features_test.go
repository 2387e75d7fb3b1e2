// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestProofs looks for every case and every test that a page names in a table whose last column is called proof or test. No row
// is without one.
func TestProofs(t *testing.T) {
	known := testNames(t)
	for page, least := range map[string]int{"features.md": 50, "SECURITY.md": 20, "clients.md": 8} {
		t.Run(page, func(t *testing.T) {
			text, err := os.ReadFile("../../docs/" + page)
			if err != nil {
				t.Fatal(err)
			}
			proofs := 0
			for _, row := range provenRows(string(text)) {
				names := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[len(row)-1], -1)
				if len(names) == 0 {
					t.Errorf("no proof for%s", strings.Join(row, "|"))
				}
				for _, name := range names {
					proofs++
					_, err := os.Stat("../cases/corpus/" + name[1] + ".txtar")
					if err != nil && !known[name[1]] {
						t.Errorf("%s is neither a case nor a test", name[1])
					}
				}
			}
			if proofs < least {
				t.Errorf("%d proofs, want at least %d: is the table still read?", proofs, least)
			}
		})
	}
}

// provenRows are the cells of all rows that a page has in tables whose last column is called proof or test.
func provenRows(page string) [][]string {
	var rows [][]string
	inTable, proven := false, false
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		last := strings.TrimSpace(cells[len(cells)-1])
		switch isRow := strings.HasPrefix(line, "|"); {
		case isRow && !inTable:
			proven = strings.HasPrefix(last, "proof") || last == "test"
		case isRow && proven && !strings.HasPrefix(line, "|--"):
			rows = append(rows, cells)
		}
		inTable = strings.HasPrefix(line, "|")
	}
	return rows
}

// testNames are all tests, fuzz targets and benchmarks of the module.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range function.FindAllStringSubmatch(string(text), -1) {
			names[found[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
