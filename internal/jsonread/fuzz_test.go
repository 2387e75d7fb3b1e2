// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// maxFuzzed is the longest input that is fuzzed, in bytes.
const maxFuzzed = 4 << 10

// FuzzReader reads any text to its end and holds that it is broken where it is not JSON, that every string stands where its
// Text says, and has the path that was read, and that reports lie inside of the text.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, "b", null, {"c d": "\u00e9\ud83d\ude00"}], "": true}`, `{"a": 1, "a": {"a": 2}}`, `[1,]`, `{"a"`, `"a" "b"`, ``, `{a: 1}`, "{\"\xff\": 1}",
		`[[[[]]]]`, `{"a": "\ud83d"}`, `{"é": "é"} x`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxFuzzed {
			return
		}
		var places Places
		r := NewReader([]byte(text), &places, maxFuzzed)
		readAny(t, r, Text{}, "")
		r.Trailing()
		valid := json.Valid([]byte(text)) && utf8.ValidString(text)
		// The standard library takes half a surrogate pair.
		if valid && r.Broken() && !strings.Contains(r.Reports()[len(r.Reports())-1].Message, "surrogate") {
			t.Errorf("%q is JSON, and yet:\n%v", text, r.Reports())
		}
		if !valid && len(r.Reports()) == 0 {
			t.Errorf("%q is no JSON, and nothing is reported", text)
		}
		for _, report := range r.Reports() {
			if report.Offset < 0 || report.Offset > len(text) || report.Message == "" || strings.Contains(report.Message, "\n") {
				t.Errorf("report of %q: %+v", text, report)
			}
		}
	})
}

// readAny reads the next value and all that is in it.
func readAny(t *testing.T, r *Reader, at Text, path string) {
	if got := r.Path(at); got != path {
		t.Errorf("the path of byte %d is %s, want %s", at.Offset, got, path)
	}
	switch r.Kind() {
	case '{':
		r.Object(at, func(key Text) {
			checkText(t, r, key)
			readAny(t, r, key, Below(path, key.Value))
		})
	case '[':
		elements := 0
		r.Array(at, func(element Text) {
			if first := r.text[element.Offset]; first != r.Kind() && r.Kind() != '0' {
				t.Errorf("an element begins with %q, want %q", first, r.Kind())
			}
			readAny(t, r, element, path+"["+strconv.Itoa(elements)+"]")
			elements++
		})
	case '"':
		if text, ok := r.Text(at); ok {
			checkText(t, r, text)
		}
	default:
		r.Skip(at)
	}
}

// checkText holds that a string stands where it says, and that its bytes do.
func checkText(t *testing.T, r *Reader, s Text) {
	t.Helper()
	if r.text[s.Offset] != '"' {
		t.Errorf("%q stands at byte %d, where no string is", s.Value, s.Offset)
	}
	for i := range len(s.Value) {
		at := r.places.offset(r.text, s, i)
		if got := r.text[at]; got != s.Value[i] && got != '\\' {
			t.Errorf("byte %d of %q is %q at byte %d", i, s.Value, got, at)
		}
	}
}
