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

// TestReadmeDocuments loads every JSON block of the README and of the tutorial as the filter would, and finds nothing.
func TestReadmeDocuments(t *testing.T) {
	for _, page := range []string{"README.md", "docs/tutorial.md"} {
		documents := blocks(t, page, "json")
		if len(documents) == 0 {
			t.Errorf("%s has no JSON block", page)
		}
		for _, document := range documents {
			if _, findings := engine.Load([]byte(document), engine.Everything()); len(findings) > 0 {
				t.Errorf("findings in a document of %s:\n%s", page, findings)
			}
		}
	}
}

// TestReadmeFinding makes the finding that the README shows.
func TestReadmeFinding(t *testing.T) {
	shown := strings.TrimSpace(strings.Join(blocks(t, "README.md", "text"), ""))
	document := "{\"gatewayResponses\": {\n  \"THROTTLED\": {\"responseTemplates\": {\n" +
		"    \"application/json\": \"{\\\"message\\\": \\\"too fast\\\", \\\"id\\\": \\\"$context.requestID\\\"}\"}}}}"
	_, findings := engine.Load([]byte(document), engine.Everything())
	if got := findings.String() + " [" + findings[0].Code.String() + "]"; got != shown {
		t.Errorf("the README shows\n%s\nbut the finding is\n%s", shown, got)
	}
}

// TestLinks looks for every file that the README and the pages in docs link to, and for the heading or anchor in it.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]*)(?:#([^)]*))?\)`)
	for page, text := range pages(t) {
		for _, found := range link.FindAllStringSubmatch(text, -1) {
			target := page
			if found[1] != "" {
				target = filepath.Join(filepath.Dir(page), found[1])
			}
			linked, err := os.ReadFile(target)
			switch {
			case err != nil:
				if _, err := os.Stat(target); err != nil {
					t.Errorf("%s links to %s: %v", page, found[1], err)
				}
			case found[2] != "" && !anchors(string(linked))[found[2]]:
				t.Errorf("%s links to %s#%s, and there is no such heading", page, found[1], found[2])
			}
		}
	}
}

// anchors are what can stand behind the # of a link to a page: its headings, as GitHub names them, and anchors of its own.
func anchors(page string) map[string]bool {
	all := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		all[strings.ReplaceAll(name, " ", "-")] = true
	}
	for _, anchor := range regexp.MustCompile(`<a (?:id|name)="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		all[anchor[1]] = true
	}
	return all
}

// blocks are the fenced blocks of a page with a language.
func blocks(t *testing.T, page, language string) []string {
	t.Helper()
	text, err := os.ReadFile("../../" + page)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, part := range strings.Split(string(text), "\n```"+language+"\n")[1:] {
		block, _, ok := strings.Cut(part, "\n```\n")
		if !ok {
			t.Fatalf("a %s block of %s does not end", language, page)
		}
		found = append(found, block)
	}
	return found
}
