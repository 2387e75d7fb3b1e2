// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTestingPage runs what docs/testing.md shows: its test file on its document, and each command.
func TestTestingPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	fences := regexp.MustCompile("(?s)```(yaml|console)\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	if len(fences) != 4 {
		t.Fatalf("docs/testing.md has %d examples, want 4", len(fences))
	}
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"shop.test.yaml": fences[0][2], "gwr.yaml": fences[1][2],
		"other.yaml": "gatewayResponses: {THROTTLED: {statusCode: 503, responseTemplates: {text/html: Too Many Requests}}}",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, fence := range fences[2:] {
		command, want, _ := strings.Cut(fence[2], "\n")
		var out, errors bytes.Buffer
		Run(t.Context(), strings.Fields(command)[2:], nil, &out, &errors)
		if diff := cmp.Diff(withoutTime(want), withoutTime(out.String())); diff != "" || errors.Len() > 0 {
			t.Errorf("%s (-page +printed):\n%s%s", command, diff, &errors)
		}
	}
}

// withoutTime is a report without how long the tests took.
func withoutTime(text string) string {
	return regexp.MustCompile(` in [0-9.]+m?s,`).ReplaceAllString(text, " in T,")
}
