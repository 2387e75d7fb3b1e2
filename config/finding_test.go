// SPDX-License-Identifier: Apache-2.0

package config

import (
	"testing"

	"gatewayresponses/internal/code"
)

func TestFindings(t *testing.T) {
	findings := Findings{
		{Severity: Warning, Path: "b", Line: 2, Column: 1, Message: "third"},
		{Severity: Error, Path: "a", Line: 1, Column: 9, Message: "second"},
		{Severity: Error, Message: "first"},
		{Severity: Error, Path: "c", Line: 2, Column: 1, Message: "fourth"},
	}
	findings.Sort()
	const want = "document: first\n" +
		"a (line 1, column 9): second\n" +
		"b (line 2, column 1): third\n" +
		"c (line 2, column 1): fourth"
	if got := findings.String(); got != want {
		t.Errorf("sorted:\n%s\nwant:\n%s", got, want)
	}
}

func TestHasErrors(t *testing.T) {
	for _, tc := range []struct {
		name     string
		findings Findings
		want     bool
	}{
		{"none", nil, false},
		{"warning", Findings{{Severity: Warning}}, false},
		{"error behind a warning", Findings{{Severity: Warning}, {Severity: Error}}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.findings.HasErrors(); got != tc.want {
				t.Errorf("HasErrors = %t, want %t", got, tc.want)
			}
		})
	}
}

func TestDocumentFinding(t *testing.T) {
	document, _ := Decode([]byte("{\"stageVariables\": {\n\"docs\": \"a\\tb\"}}"))
	text := document.StageVariables[0].Value
	want := Finding{Code: code.Velocity, Severity: Warning, Path: "stageVariables.docs", Line: 2, Column: 13, Message: "no b"}
	if got := document.Finding(code.Velocity, Warning, text, 2, "no b"); got != want {
		t.Errorf("Finding = %+v, want %+v", got, want)
	}
}
