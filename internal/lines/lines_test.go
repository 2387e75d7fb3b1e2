// SPDX-License-Identifier: Apache-2.0

package lines

import "testing"

func TestLines(t *testing.T) {
	l := New("a\nb\u00fcc\n\nd")
	if l.Len() != 4 {
		t.Errorf("%d lines", l.Len())
	}
	for i, want := range []string{"a", "b\u00fcc", "", "d", ""} {
		if got := l.Line(i); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
	for _, tc := range []struct{ line, column, bytes, runes int }{
		{1, 1, 0, 0}, {2, 1, 2, 2}, {2, 3, 4, 5}, {2, 9, 9, 6}, {2, 2, 3, 3}, {4, 1, 8, 8}, {4, 9, 9, 9}, {0, 1, 9, 9}, {9, 1, 9, 9}, {1, 0, 0, 0},
	} {
		if got := l.Offset(tc.line, tc.column); got != tc.bytes {
			t.Errorf("byte %d:%d is %d, want %d", tc.line, tc.column, got, tc.bytes)
		}
		if got := l.RuneOffset(tc.line, tc.column); got != tc.runes {
			t.Errorf("character %d:%d is %d, want %d", tc.line, tc.column, got, tc.runes)
		}
	}
	for at, want := range []int{0, 0, 1, 1, 1, 1, 1, 2, 3, 3} {
		if got := l.Of(at); got != want {
			t.Errorf("byte %d is in line %d, want %d", at, got, want)
		}
	}
}

func TestNotUTF8(t *testing.T) {
	for text, want := range map[string]int{"": -1, "a\u00fc\ufffd\x00": -1, "\xff": 0, "\ufffd\u00fc\xc3": 5, "a\xc3(": 1, "\xed\xa0\x80": 0} {
		if got := NotUTF8(text); got != want {
			t.Errorf("NotUTF8(%q) = %d, want %d", text, got, want)
		}
	}
}
