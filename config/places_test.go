// SPDX-License-Identifier: Apache-2.0

package config

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
	document := &Document{Source: source}
	check := func(text Text, i int) {
		t.Helper()
		line, column := document.Locate(text, i)
		wantLine, wantColumn := (&Document{Source: source}).Locate(text, i)
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
	var p places
	for offset := range len(source) + 1 {
		if l, c := p.position([]byte(source), offset); l != line || c != column {
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
	document := &Document{Source: []byte(`"\nabc"`)}
	document.Locate(Text{}, 2)
	want := cursor{at: 4, passed: 2}
	if got := document.places.cursor; got != want {
		t.Fatalf("cursor = %+v, want %+v", got, want)
	}
	// Nobody does that, but a cursor that starts anew would see it.
	document.Source[2] = 'u'
	if _, column := document.Locate(Text{}, 3); column != 6 {
		t.Errorf("column = %d, want 6", column)
	}
}
