// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/catalogue"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// lintOf checks a document that has no errors.
func lintOf(t *testing.T, text string) finding.List {
	t.Helper()
	document, found := source.Read("gwr.json", []byte(text))
	if !strings.HasPrefix(text, "{") {
		document, found = source.Read("gwr.yaml", []byte(text))
	}
	if document == nil {
		t.Fatalf("%s:\n%v", text, found)
	}
	checked := check.Read(document)
	if checked.Program == nil {
		t.Fatalf("%s:\n%v", text, checked.Findings)
	}
	return Check(checked)
}

// TestExamples holds that the example of each code has a finding with this code.
func TestExamples(t *testing.T) {
	for _, section := range catalogue.Sections() {
		for _, e := range section.Entries {
			if e.Code < 101 || e.Code > 199 {
				continue
			}
			text := e.Example
			if e.Code == code.LargeBody {
				text = `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "` + strings.Repeat("a", maxBody+1) + `"}}}}`
			}
			found := lintOf(t, text)
			if !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Code == e.Code }) {
				t.Errorf("%s: %s\nhas no such finding, but %v", e.Code, text, found)
			}
		}
	}
}

// TestSamples holds that the samples have nothing that fails.
func TestSamples(t *testing.T) {
	paths, err := filepath.Glob("../../config/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if found := lintOf(t, string(text)); found.HasErrors() {
			t.Errorf("%s: %v", path, found)
		}
	}
}

// TestLintsAreInOrder holds that each lint has a code of its own.
func TestLintsAreInOrder(t *testing.T) {
	if !slices.IsSortedFunc(lints, func(a, b lint) int { return int(a.code) - int(b.code) }) {
		t.Error("the lints are not in the order of their codes")
	}
	if got := len(slices.CompactFunc(slices.Clone(lints), func(a, b lint) bool { return a.code == b.code })); got != len(lints) {
		t.Errorf("%d lints have %d codes", len(lints), got)
	}
}

// lintCase is a document in one line, in which an "@" stands where a finding is.
type lintCase struct{ name, document string }

// runCases checks documents for findings with one code.
func runCases(t *testing.T, c code.Code, cases []lintCase) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			var got strings.Builder
			document := strings.ReplaceAll(tc.document, "@", "")
			found, at := lintOf(t, document), 0
			for _, f := range found {
				if f.Code == c {
					got.WriteString(document[at:f.Column-1] + "@")
					at = f.Column - 1
				}
			}
			got.WriteString(document[at:])
			if diff := cmp.Diff(tc.document, got.String()); diff != "" {
				t.Errorf("findings with %s (-want +got):\n%s\nall: %v", c, diff, found)
			}
		})
	}
}
