// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/pages"
)

// TestHelmPage runs all commands of docs/helm.md as a reader does, in a folder that is like a clone, and holds what they print to what
// the page shows.
func TestHelmPage(t *testing.T) {
	page, err := pages.Read(root + "/docs/helm.md")
	if err != nil {
		t.Fatal(err)
	}
	helm, err := helmPath()
	if err != nil {
		t.Fatal(err)
	}
	folder := clone(t)
	path := filepath.Join(folder, "dist") + ":" + filepath.Dir(helm) + ":" + os.Getenv("PATH")
	// Where make runs this test, make in the page would say which folder it is in.
	environment := append(home(t), "PATH="+path, "MAKEFLAGS=--no-print-directory")
	results, err := pages.Shell{Folder: folder, Environment: environment}.Run(t.Context(), page.Steps)
	if err != nil {
		t.Fatal(err)
	}
	byStep := map[int]pages.Result{}
	for i, result := range results {
		byStep[i] = result
	}
	wrong, anew := page.Hold(byStep, 1, inOrder)
	if *golden.Update {
		if err := os.WriteFile(page.Path, []byte(anew), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, err := range wrong {
		t.Errorf("%v\ngo test -run TestHelmPage -update writes what is printed now", err)
	}
	if len(results) < 6 {
		t.Errorf("%d commands were run, want at least 6: is the page still read?", len(results))
	}
}

// inOrder are lines with what Helm says by the schema of values sorted, for it says so in any order.
func inOrder(lines []string) []string {
	said := func(line string) bool { return strings.HasPrefix(line, "- at ") }
	sorted := slices.Clone(lines)
	from := max(slices.IndexFunc(sorted, said), 0)
	to := from
	for to < len(sorted) && said(sorted[to]) {
		to++
	}
	slices.Sort(sorted[from:to])
	return sorted
}

// clone is a folder that has what the repository has, by links.
func clone(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	above, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(above)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if err := os.Symlink(filepath.Join(above, entry.Name()), filepath.Join(folder, entry.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
