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

// TestFeatures looks for every case and every test that docs/features.md names as a proof. No row is without one.
func TestFeatures(t *testing.T) {
	page, err := os.ReadFile("../../docs/features.md")
	if err != nil {
		t.Fatal(err)
	}
	known := testNames(t)
	proofs := 0
	for line := range strings.Lines(string(page)) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		names := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[len(cells)-1], -1)
		if len(names) == 0 && !strings.HasPrefix(strings.TrimSpace(cells[len(cells)-1]), "proof") {
			t.Errorf("docs/features.md has no proof for%s", cells[0])
		}
		for _, name := range names {
			proofs++
			_, err := os.Stat("../cases/corpus/" + name[1] + ".txtar")
			if err != nil && !known[name[1]] {
				t.Errorf("docs/features.md names %s, which is neither a case nor a test", name[1])
			}
		}
	}
	if proofs < 50 {
		t.Errorf("docs/features.md names %d proofs, want at least 50: is the table still read?", proofs)
	}
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
