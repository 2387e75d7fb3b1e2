// SPDX-License-Identifier: Apache-2.0

package insert

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

func TestAppend(t *testing.T) {
	for _, tc := range []struct{ name, file, want string }{
		{"JSON, no list", `{"a": 1}`, `{"a": 1, "k": [{"b":"2"}]}`},
		{"JSON, an empty list", "{\n  \"k\": []\n}", "{\n  \"k\": [\n    {\n      \"b\": \"2\"\n    }\n  ]\n}"},
		{"JSON, on one line", `{"k": [{"a": 1}], "z": 1}`, `{"k": [{"a": 1}, {"b":"2"}], "z": 1}`},
		{"JSON, on lines", "{\"k\": [\n\t{\"a\": 1}\n]}", "{\"k\": [\n\t{\"a\": 1},\n\t{\n\t  \"b\": \"2\"\n\t}\n]}"},
		{"YAML, no list", "a: 1\n# end\n", "a: 1\nk:\n  - b: \"2\"\n# end\n"},
		{"YAML, at the column of the key", "k:\n- {a: 1} # one\n\n# of z\nz: 1\n", "k:\n- {a: 1} # one\n- b: \"2\"\n\n# of z\nz: 1\n"},
		{"YAML, indented", "k:\r\n    -   a: 1\r\n        c: 2", "k:\r\n    -   a: 1\r\n        c: 2\r\n    - b: \"2\"\r\n"},
		{"YAML, in brackets", "k: [{a: 1}]\nz: 1\n", "k:\n  - a: 1\n  - b: \"2\"\nz: 1\n"},
		{"YAML, nothing", "k:\nz: 1\n", "k:\n  - b: \"2\"\nz: 1\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file, err := tree.Read("f", []byte(tc.file))
			if err != nil {
				t.Fatal(err)
			}
			got, err := Append(file, 0, "k", object.Object{{Name: "b", Value: "2"}})
			if err != nil {
				t.Fatal(err)
			}
			if got != tc.want {
				t.Errorf("Append gives\n%q\nwant\n%q", got, tc.want)
			}
		})
	}
	file, err := tree.Read("f", []byte(`{"k": {}}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Append(file, 0, "k", nil); err == nil || !strings.Contains(err.Error(), "f:1:7: k is an object; want a list") {
		t.Errorf("Append to an object gives %v", err)
	}
}

// FuzzAppend holds that the file says the same as before, and has one element more.
func FuzzAppend(f *testing.F) {
	f.Add("# a\nk:\n- 1\n", "value\n\n more")
	f.Add("{\"k\": [1, {}]}", "x")
	f.Add("k:\n  - |+\n    x\n\n", "- y")
	f.Add("a: &a [1]\nk: *a\n", "")
	f.Fuzz(func(t *testing.T, before, text string) {
		file, err := tree.Read("f", []byte(before))
		if err != nil || len(file.Documents) == 0 || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return
		}
		made, err := Append(file, 0, "k", object.Object{{Name: "name", Value: text}})
		if err != nil {
			return // brackets, no list, or an anchor that the rest of the file needs
		}
		again, err := tree.Read("f", []byte(made))
		if err != nil {
			t.Fatalf("%v\n%s", err, made)
		}
		was, is := file.Documents[0].Get("k").List(), again.Documents[0].Get("k").List()
		if len(is) != len(was)+1 || is[len(was)].Get("name").Value() != text || !equalBut(file.Documents[0], again.Documents[0], "k") {
			t.Errorf("%q becomes %q", before, made)
		}
	})
}
