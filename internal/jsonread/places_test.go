// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"bytes"
	"testing"
)

// TestLocateInAnyOrder asks one document for all its places, on and back and in turns between two strings, and compares
// them with those that a new document gives.
func TestLocateInAnyOrder(t *testing.T) {
	source := []byte("{\n\"a\":\"x\\n\\u00e9y\\ud83d\\ude00z\",\r\n\n\"b\":\"\\\\\\\"é\"\n}\n")
	a := Text{Offset: bytes.IndexByte(source, 'x') - 1}
	b := Text{Offset: bytes.Index(source, []byte(`"\\`))}
	var places Places
	check := func(text Text, i int) {
		t.Helper()
		line, column := places.Locate(source, text, i)
		wantLine, wantColumn := new(Places).Locate(source, text, i)
		if line != wantLine || column != wantColumn {
			t.Errorf("Locate(%d, %d) = %d, %d, want %d, %d", text.Offset, i, line, column, wantLine, wantColumn)
		}
	}
	const end = 14
	for i := -1; i < end; i++ {
		check(a, i)
	}
	for i := end; i >= -1; i-- {
		check(b, i)
	}
	for i := -1; i < end; i++ {
		check(a, i)
		check(b, end-i)
	}
}

func TestPosition(t *testing.T) {
	const source = "\n\nab\r\n\ncd"
	line, column := 1, 1
	var p Places
	for offset := range len(source) + 1 {
		if l, c := p.Position([]byte(source), offset); l != line || c != column {
			t.Errorf("position(%d) = %d, %d, want %d, %d", offset, l, c, line, column)
		}
		column++
		if offset < len(source) && source[offset] == '\n' {
			line, column = line+1, 1
		}
	}
}

// TestCursorMovesOn holds that the next finding about a string does not read it from its start.
func TestCursorMovesOn(t *testing.T) {
	source := []byte(`"\nabc"`)
	var places Places
	places.Locate(source, Text{}, 2)
	want := cursor{at: 4, passed: 2}
	if got := places.cursor; got != want {
		t.Fatalf("cursor = %+v, want %+v", got, want)
	}
	// Nobody does that, but a cursor that starts anew would see it.
	source[2] = 'u'
	if _, column := places.Locate(source, Text{}, 3); column != 6 {
		t.Errorf("column = %d, want 6", column)
	}
}

func TestLocate(t *testing.T) {
	const literal = `"a\n\"\u00e9\ud83d\ude00` + `é€z"`
	source := []byte("{\r\n \"k\":\n  " + literal + "}")
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
			line, column := new(Places).Locate(source, text, tc.i)
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
			line, column := new(Places).Locate([]byte(tc.source), Text{Offset: tc.offset}, tc.i)
			if line != tc.wantLine || column != tc.wantColumn {
				t.Errorf("Locate = %d, %d, want %d, %d", line, column, tc.wantLine, tc.wantColumn)
			}
		})
	}
}
