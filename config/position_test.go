// SPDX-License-Identifier: Apache-2.0

package config

import "testing"

func TestLocate(t *testing.T) {
	const literal = `"a\n\"\u00e9\ud83d\ude00` + `é€z"`
	document := &Document{Source: []byte("{\r\n \"k\":\n  " + literal + "}")}
	text := Text{Value: "a\n\"é\U0001f600é€z", Offset: 11}
	for _, tc := range []struct {
		name                string
		i, line, wantColumn int
	}{
		{"opening quote", -1, 3, 3},
		{"far before", -100, 3, 3},
		{"first byte", 0, 3, 4},
		{"escaped line feed", 1, 3, 5},
		{"escaped quote", 2, 3, 7},
		{"escaped letter", 3, 3, 9},
		{"its second byte", 4, 3, 9},
		{"surrogate pair", 5, 3, 15},
		{"its last byte", 8, 3, 15},
		{"letter of two bytes", 9, 3, 27},
		{"its second byte stands for itself", 10, 3, 28},
		{"letter of three bytes", 11, 3, 29},
		{"last letter", 14, 3, 32},
		{"closing quote", 15, 3, 33},
		{"far behind", 100, 3, 33},
	} {
		t.Run(tc.name, func(t *testing.T) {
			line, column := document.Locate(text, tc.i)
			if line != tc.line || column != tc.wantColumn {
				t.Errorf("Locate(%d) = %d, %d, want %d, %d", tc.i, line, column, tc.line, tc.wantColumn)
			}
		})
	}
}

// TestLocateElsewhere asks for texts that the document does not hold as a string.
func TestLocateElsewhere(t *testing.T) {
	for _, tc := range []struct {
		name, source         string
		offset, i            int
		wantLine, wantColumn int
	}{
		{"no source", "", 0, 0, 0, 0},
		{"behind the end", "{}", 2, 0, 0, 0},
		{"before the start", "{}", -1, 0, 0, 0},
		{"no string", "\n{}", 1, 5, 2, 1},
		{"string without end", `"ab`, 0, 9, 1, 4},
		{"escape without end", `"\`, 0, 1, 1, 3},
		{"half an escape", `"\u00`, 0, 0, 1, 2},
		{"half a pair", `"\ud83d`, 0, 9, 1, 8},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document := &Document{Source: []byte(tc.source)}
			line, column := document.Locate(Text{Offset: tc.offset}, tc.i)
			if line != tc.wantLine || column != tc.wantColumn {
				t.Errorf("Locate = %d, %d, want %d, %d", line, column, tc.wantLine, tc.wantColumn)
			}
		})
	}
}

func TestDocumentFinding(t *testing.T) {
	document, _ := Decode([]byte("{\"stageVariables\": {\n\"docs\": \"a\\tb\"}}"))
	text := document.StageVariables[0].Value
	want := Finding{Severity: Warning, Path: "stageVariables.docs", Line: 2, Column: 13, Message: "no b"}
	if got := document.Finding(Warning, text, 2, "no b"); got != want {
		t.Errorf("Finding = %+v, want %+v", got, want)
	}
}
