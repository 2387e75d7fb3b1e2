// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/internal/engine"
)

// TestReadmeDocuments loads every JSON block of the README as the filter would, and finds nothing.
func TestReadmeDocuments(t *testing.T) {
	documents := blocks(t, "json")
	if len(documents) == 0 {
		t.Fatal("the README has no JSON block")
	}
	for _, document := range documents {
		if _, findings := engine.Load([]byte(document), engine.Everything()); len(findings) > 0 {
			t.Errorf("findings in the README's document:\n%s", findings)
		}
	}
}

// TestReadmeFinding makes the finding that the README shows.
func TestReadmeFinding(t *testing.T) {
	shown := strings.TrimSpace(strings.Join(blocks(t, "text"), ""))
	document := "{\"gatewayResponses\": {\n  \"THROTTLED\": {\"responseTemplates\": {\n" +
		"    \"application/json\": \"{\\\"message\\\": \\\"too fast\\\", \\\"id\\\": \\\"$context.requestID\\\"}\"}}}}"
	_, findings := engine.Load([]byte(document), engine.Everything())
	if got := findings.String() + " [" + findings[0].Code.String() + "]"; got != shown {
		t.Errorf("the README shows\n%s\nbut the finding is\n%s", shown, got)
	}
}

// TestLinks looks for every file that the README and the pages in docs link to.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	for page, text := range pages(t) {
		for _, found := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), found[1])); err != nil {
				t.Errorf("%s links to %s: %v", page, found[1], err)
			}
		}
	}
}

// blocks are the fenced blocks of the README with a language.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, part := range strings.Split(string(text), "\n```"+language+"\n")[1:] {
		block, _, ok := strings.Cut(part, "\n```\n")
		if !ok {
			t.Fatalf("a %s block of the README does not end", language)
		}
		found = append(found, block)
	}
	return found
}
