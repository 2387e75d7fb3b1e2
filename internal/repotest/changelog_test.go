// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"gatewayresponses/internal/version"
)

// TestChangelog holds that the newest section of the changelog is about the version that the filter says it is, and that the
// reference of the document names no version without a section.
func TestChangelog(t *testing.T) {
	versions := matches(t, "../../CHANGELOG.md", `(?m)^## (\d+\.\d+\.\d+)`)
	if len(versions) == 0 || versions[0] != version.Number {
		t.Errorf("CHANGELOG.md has sections for %q, want the first for %s", versions, version.Number)
	}
	since := matches(t, "../../docs/document.md", `· since (\S+)`)
	if len(since) < 50 {
		t.Errorf("docs/document.md says of %d keys since when they are read, want at least 50: is the page still read?", len(since))
	}
	for _, name := range since {
		if !slices.Contains(versions, name) {
			t.Errorf("docs/document.md has a key since %s, for which CHANGELOG.md has no section", name)
		}
	}
	for _, class := range matches(t, "../../CHANGELOG.md", `(?m)^\* \[(.*?)\]`) {
		if !slices.Contains([]string{"CHANGE", "FEATURE", "ENHANCEMENT", "BUGFIX"}, class) {
			t.Errorf("CHANGELOG.md has an entry of the class %q", class)
		}
	}
}

// matches are the first groups of all matches in a file.
func matches(t *testing.T, path, pattern string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		found = append(found, match[1])
	}
	return found
}
