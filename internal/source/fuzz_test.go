// SPDX-License-Identifier: Apache-2.0

package source

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"gatewayresponses/internal/growth"
)

// seeds are texts that look at many ways to write a value.
var seeds = []string{
	"a: 1\nb: [x, 'y''z', \"\\u00e4\\n\"]\n",
	"a: &a {x: 1}\nb: *a\nc: {<<: *a, y: 2}\n",
	"a: |\n  <p>\n   $x\n\nb: >-\n  one\n  two\n",
	"? a\n: !!str 404\n---\n# nothing\n",
	"a: \"one\\\n  two\n  three\"\nb: one\n  two\n\n  three\n",
	`{"a": "\ud83d\ude00\/", "b": [1e3, true, null, {}], "a": ""}`,
	"\uFEFFa: \u00fc\u2029", "[[[[", "- - - a", "a: *a", "a: &a [*a]", "%YAML 1.1\n---\na: no", "{a: b, ? c, d: }",
	"responseTemplates: {a: {file: b}}",
}

// FuzzRead holds the laws of reading: it never panics; a document or an error comes of everything; what comes of YAML is JSON;
// JSON stays as it is; every place lies in the text.
func FuzzRead(f *testing.F) {
	for _, seed := range seeds {
		f.Add("a.yaml", seed)
		f.Add("stdin", seed)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		document, found := Read(name, []byte(text))
		if (document == nil) != found.HasErrors() {
			t.Fatalf("document %v, found %v", document, found)
		}
		for _, one := range found {
			holdPlace(t, text, one.Line, one.Column)
		}
		if document == nil {
			return
		}
		if IsJSON(name, []byte(text)) {
			if string(document.Text) != text {
				t.Errorf("JSON became %q", document.Text)
			}
		} else if !json.Valid(document.Text) {
			t.Errorf("not JSON: %q", document.Text)
		}
		for at := range len(document.Text) + 2 {
			place := document.Place(1, at+1)
			holdPlace(t, text, place.Line, place.Column)
		}
	})
}

// holdPlace fails when a place lies outside of a text.
func holdPlace(t *testing.T, text string, line, column int) {
	t.Helper()
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) || column < 1 || column > len(lines[line-1])+1 {
		t.Errorf("place %d:%d lies outside of %q", line, column, text)
	}
}

// FuzzJSONAsYAML holds that JSON means the same in a file that is called YAML, and that JSON which is taken apart and written
// again is the same without its white space.
func FuzzJSONAsYAML(f *testing.F) {
	f.Add(`{"a": "b\n\"", "c": [1, -2.5, true, false, null, {"d": {}}], "e": "0404", "<<": "x"}`)
	f.Add(`{"a": "\u00e9\t", "~": "no", "": " "}`)
	f.Fuzz(func(t *testing.T, text string) {
		root := readJSON(newFile("a.json", text), 0)
		if root == nil || root.Kind != Object {
			return
		}
		written, found := Write("a.json", root)
		if found.HasErrors() {
			return
		}
		if want := canonical(t, []byte(text)); want != canonical(t, written.Text) {
			t.Errorf("wrote %s, want %s", written.Text, want)
		}
		document, _ := Read("a.yaml", []byte(text))
		if document == nil {
			return // tabs, or characters that YAML refuses
		}
		if want := canonical(t, []byte(text)); want != canonical(t, document.Text) {
			t.Errorf("read %s, want %s", document.Text, want)
		}
	})
}

// canonical is JSON in one form. Numbers stay as they are written.
func canonical(t *testing.T, text []byte) string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	form, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(form)
}

// FuzzGrowth holds that the work of reading, and of finding places, grows as the text does.
func FuzzGrowth(f *testing.F) {
	for _, fragment := range []string{
		"[", "]", "{a: ", "- ", "? ", "a: b\n", "# x\n", "a: 1 # x\n", "- a # x\n", "&a ", "!a ", "---\n", "'", `"\n`, "x\n  ", "\u00fc", "*a, ", ", ", "%a\n",
		"- &a b\n- *a\n", "<<: {a: b}\n", " ", "\t", "\r\n",
	} {
		f.Add("", fragment, "")
		f.Add("a: [", fragment, "]")
		f.Add("a: |\n  ", fragment, "\n")
		f.Add(`a: "`, fragment, `"`)
		f.Add("a: &a {b: c}\nd: [", fragment, "]")
	}
	f.Fuzz(func(t *testing.T, head, fragment, tail string) {
		if len(head) > growth.MaxFragment || len(fragment) > growth.MaxFragment || len(tail) > growth.MaxFragment {
			return
		}
		growth.Check(t, head+fragment+tail, func(size int) func() {
			text := []byte(growth.Repeat(head, fragment, tail, size))
			return func() { readAndPlace(text) }
		})
	})
}

// readAndPlace reads a text and asks for places all over it.
func readAndPlace(text []byte) {
	document, _ := Read("a.yaml", text)
	if document == nil {
		return
	}
	for i := range 100 {
		document.Place(1, i*len(document.Text)/100+1)
	}
}
