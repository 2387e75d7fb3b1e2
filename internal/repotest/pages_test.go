// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pages are the pages at the root and those in docs, by path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(paths) < 5 {
		t.Fatalf("docs has %d pages, %v", len(paths), err)
	}
	texts := map[string]string{}
	roots, err := filepath.Glob("../../*.md")
	if err != nil || len(roots) < 3 {
		t.Fatalf("the root has %d pages, %v", len(roots), err)
	}
	for _, path := range slices.Concat(paths, roots) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[path] = string(text)
	}
	return texts
}

// TestTables holds that all lines of a table have as many cells as its first one: others are cut off, or shown as text.
func TestTables(t *testing.T) {
	bar := regexp.MustCompile(`(^|[^\\])\|`)
	for path, text := range pages(t) {
		cells := 0
		for line := range strings.Lines(text) {
			n := 0
			if strings.HasPrefix(line, "|") {
				n = len(bar.FindAllString(line, -1))
			}
			if n > 0 && cells > 0 && n != cells {
				t.Errorf("%s: a line of a table has %d bars, the first one %d: %s", path, n, cells, line)
			}
			if n == 0 || cells == 0 {
				cells = n
			}
		}
	}
}

// sharedData is a name that only the plugins of one VM see.
const sharedData = "gateway_responses.invalid"

// TestCountersAreDescribed holds that the manual of the plugin and the page on observability name everything that the
// filter counts or leaves for the access log, and nothing else.
func TestCountersAreDescribed(t *testing.T) {
	names := namesInCode(t)
	for _, path := range []string{"../../plugin/main.go", "../../docs/observability.md"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		shown := regexp.MustCompile(`gateway_responses\.[a-z]\w*(\.\w+)?`).FindAllString(string(text), -1)
		for _, name := range shown {
			if !names[name] && name != "gateway_responses.left.WHY" && name != "gateway_responses.document" && name != sharedData {
				t.Errorf("%s has %s, which no code has", path, name)
			}
		}
		for name := range names {
			last := strings.TrimPrefix(name, "gateway_responses.left.")
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(last) + `\b`).Match(text) {
				t.Errorf("%s does not describe %s", path, name)
			}
		}
	}
}

// namesInCode are the counters, gauges and keys of filter state that the code has, without what is put in front of them.
func namesInCode(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	paths, err := filepath.Glob("../../plugin/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(paths, "../edit/tell.go") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, found := range regexp.MustCompile(`"(gateway_responses\.[\w.]*\w)"`).FindAllStringSubmatch(string(text), -1) {
			names[found[1]] = true
		}
	}
	delete(names, sharedData)
	decision, err := os.ReadFile("../engine/decision.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`Left\w+ +Left = "(\w+)"`).FindAllStringSubmatch(string(decision), -1) {
		if found[1] != "unnamed" { // which does not count
			names["gateway_responses.left."+found[1]] = true
		}
	}
	// What stands in the place of an entry.
	for _, found := range regexp.MustCompile(`(?m)^const \w+ = "([^"]+)"`).FindAllStringSubmatch(string(decision), -1) {
		names[found[1]] = true
	}
	// What stands behind these, the name says.
	names["gateway_responses.build.VERSION"], names["gateway_responses.revision.PLUGIN_NAME"] = true, true
	if len(names) < 15 {
		t.Fatalf("only %d names found: is the code still read?", len(names))
	}
	return names
}

// TestGlossary holds that the words are in order and explained once, so that a reader finds them and a writer sees what is
// taken.
func TestGlossary(t *testing.T) {
	page, err := os.ReadFile("../../docs/GLOSSARY.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rows, ok := strings.Cut(string(page), "|---|---|---|\n")
	if !ok {
		t.Fatal("docs/GLOSSARY.md has no table")
	}
	before := ""
	for line := range strings.Lines(rows) {
		word := strings.ToLower(strings.TrimSpace(strings.Split(line, "|")[1]))
		if word <= before {
			t.Errorf("docs/GLOSSARY.md has %q behind %q; want each word once, in order", word, before)
		}
		before = word
	}
	if before == "" {
		t.Error("docs/GLOSSARY.md explains no word")
	}
}
