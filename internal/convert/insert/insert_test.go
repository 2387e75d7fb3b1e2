// SPDX-License-Identifier: Apache-2.0

package insert

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/growth"
)

// exactly reports whether a value is the wanted one.
func exactly(there *tree.Node, wanted any) bool {
	value, _ := object.Of(there)
	return string(object.Line(value)) == string(object.Line(wanted))
}

// valueOf is an object written as JSON.
func valueOf(t testing.TB, text string) object.Object {
	t.Helper()
	file, err := tree.Read("value", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	value, _ := object.Of(file.Documents[0])
	return value.(object.Object)
}

func TestSet(t *testing.T) {
	for _, tc := range []struct{ name, file, value, want string }{
		{"JSON, replaced", "{\n \"k\": {\"a\": 1},\n \"z\": 1}\n", `{"b": 2}`, "{\n \"k\": {\n  \"b\": 2\n },\n \"z\": 1}\n"},
		{
			"JSON, one member differs", "{\n\t\"k\": {\n\t\t\"a\": {\"x\": 1},\n\t\t\"b\":  2\n\t}\n}", `{"a": {"x": 2}, "b": 2}`,
			"{\n\t\"k\": {\n\t\t\"a\": {\n\t\t\t\"x\": 2\n\t\t},\n\t\t\"b\":  2\n\t}\n}",
		},
		{"JSON, a member is added", `{"k": {"a": 1}, "z": 2}`, `{"a": 1, "b": {"c": 2}}`, `{"k": {"a": 1, "b": {"c":2}}, "z": 2}`},
		{"JSON, the key is added", "{\r\n  \"a\": 1\r\n}\r\n", `{"b": 2}`, "{\r\n  \"a\": 1,\r\n  \"k\": {\r\n    \"b\": 2\r\n  }\r\n}\r\n"},
		{"JSON, on one line", `{"a":1}`, `{"b":2}`, `{"a":1, "k": {"b":2}}`},
		{"JSON, empty", `{}`, `{"b": 2}`, "{\n  \"k\": {\n    \"b\": 2\n  }\n}"},
		{"JSON, the key stands twice", `{"k": 1, "k": {"a": 1}}`, `{"b":2}`, `{"k": 1, "k": {"b":2}}`},
		{"JSON, nothing differs", `{"k":   {"b": 2,"a": 1 }}`, `{"a":1,"b":2}`, `{"k":   {"b": 2,"a": 1 }}`},
		{"JSON, a byte order mark", "\ufeff{\"a\":1}", `{"b":2}`, "\ufeff{\"a\":1, \"k\": {\"b\":2}}"},
		{"JSON, one of several goes", "{\n  \"k\": {\n    \"a\":  1,\n    \"b\": 2,\n    \"c\": 3\n  }\n}", `{"a": 1, "c": 3}`, "{\n  \"k\": {\n    \"a\":  1,\n    \"c\": 3\n  }\n}"},
		{"JSON, the first goes and one differs", `{"k": {"a":1,  "b":2}}`, `{"b": 3}`, `{"k": {"b":3}}`},
		{"JSON, all go", `{"k": {"a":1}, "z": 1}`, `{}`, `{"k": {}, "z": 1}`},
		{"YAML, one of several goes", "k:\n  # of a\n  a: 1 # a\n\n  # of b\n  # too\n  b:\n    c: 2\n  # of c\n  c: 3\nz: 1\n", `{"a": 1, "c": 3}`, "k:\n  # of a\n  a: 1 # a\n\n  # of c\n  c: 3\nz: 1\n"},
		{"YAML, all go", "k:\n  a: 1\nz: 1\n", `{}`, "k: {}\nz: 1\n"},
		{"YAML, replaced", "a: 1\nk:\n  old: 1 # gone\n# of z\nz: 1\n", `{"b": 2}`, "a: 1\nk:\n  b: 2\n# of z\nz: 1\n"},
		{
			"YAML, one member differs", "k:\n    # of a\n    a: 1\n\n    # of b\n    b: {x: 1}  # b\nz: 1", `{"a": 2, "b": {"x": 1}, "c": 3}`,
			"k:\n    # of a\n    a: 2\n\n    # of b\n    b: {x: 1}  # b\n    c: 3\nz: 1",
		},
		{"YAML, the key is added", "# top\na: 1\n\n# end\n", `{"b": 2}`, "# top\na: 1\nk:\n  b: 2\n\n# end\n"},
		{"YAML, without a last line break", "a: 1", `{"b": 2}`, "a: 1\nk:\n  b: 2\n"},
		{"YAML, a list at the column of its key", "k:\n- 1\n- 2\nz:\n- 1\n", `{"b": 2}`, "k:\n  b: 2\nz:\n- 1\n"},
		{"YAML, a bracket at the column of its key", "k: {\n  a: 1\n}\nz: 1\n", `{"b": 2}`, "k:\n  b: 2\nz: 1\n"},
		{"YAML, blank lines that a block keeps", "a: |+\n  x\n\n\n", `{"b": 2}`, "a: |+\n  x\n\n\nk:\n  b: 2\n"},
		{"YAML, several documents", "---\na: 1\n---\nk: 2\n", `{"b": 2}`, "---\na: 1\nk:\n  b: 2\n---\nk: 2\n"},
		{"YAML, indented, ends of lines of Windows", "  a: 1\r\n  k: ~\r\n", `{"b": "x\ny"}`, "  a: 1\r\n  k:\r\n    b: |-\r\n      x\r\n      y\r\n"},
		{"YAML, merged into the root", "a: &a {k: {x: 1}}\n<<: *a\n", `{"b": 2}`, "a: &a {k: {x: 1}}\n<<: *a\nk:\n  b: 2\n"},
		{"YAML, an alias", "a: &a {x: 1}\nk: *a\n", `{"x": 2}`, "a: &a {x: 1}\nk:\n  x: 2\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file, err := tree.Read("f", []byte(tc.file))
			if err != nil {
				t.Fatal(err)
			}
			got, err := Set(file, 0, "k", valueOf(t, tc.value), exactly)
			if err != nil {
				t.Fatal(err)
			}
			if got != tc.want {
				t.Errorf("Set gives\n%q\nwant\n%q", got, tc.want)
			}
		})
	}
}

func TestSetErrors(t *testing.T) {
	for _, tc := range []struct{ name, file, want string }{
		{"a list", "- a\n", "f:1:1: the file holds a list; want an object"},
		{"an anchor that is needed", "k: &a {x: 1}\nz: *a\n", "f: k cannot be put there without changing the rest of the file"},
		{"brackets", "{a: 1, # why\n}", errFlow.Error()},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file, err := tree.Read("f", []byte(tc.file))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Set(file, 0, "k", valueOf(t, `{"b": 2}`), exactly); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Set gives %v, want %s", err, tc.want)
			}
		})
	}
}

// FuzzSet holds that what stands around the key stays, byte for byte, that the file says the wanted afterwards, and that a second
// Set changes nothing.
func FuzzSet(f *testing.F) {
	f.Add("# a\na: 1\n", "\n  x: 1\n", "\n# z\ny: |\n  x\n", "name", "value\n")
	f.Add("a: [\n 1]\n", " {x: 1} # c\n\n  # d", "", "x", "1")
	f.Add("", "\n  name: x\n  name2: {x: y} # y", "...\n", "name", "y")
	f.Add("a: >+\n  x\n\n", " |+\n  x\n\n", "b: 'x\n\n  y'\n", "no", " x")
	f.Add("{\"a\": 1, ", "{\"x\": 1}", "}", "x", "2")
	f.Add("{\n\t", "null", "\n}", "x", "2")
	f.Fuzz(func(t *testing.T, head, own, tail, name, text string) {
		value := object.Object{{Name: name, Value: text}, {Name: name + "2", Value: object.Object{{Name: "x", Value: text}}}}
		if !utf8.ValidString(name+text) || strings.ContainsRune(name+text, 0) {
			return
		}
		for _, whole := range [][3]string{
			{head, "k:" + own + "\n", "zz: 1\n" + tail},
			{head + "\"k\":", own, ",\"zz\": 1" + tail},
			{head, "", tail},
			{head, own, tail},
		} {
			checkSet(t, whole[0], whole[1], whole[2], value)
		}
	})
}

// checkSet sets a value in a file of three parts. When the value of the key is the second one, the others must stay; when there is
// no such key, all of them.
func checkSet(t *testing.T, head, own, tail string, value object.Object) {
	t.Helper()
	before := head + own + tail
	file, err := tree.Read("f", []byte(before))
	if err != nil || len(file.Documents) == 0 || !file.Documents[0].Is(tree.Object) {
		return
	}
	made, err := Set(file, 0, "k", value, exactly)
	if err != nil {
		return // brackets, or an anchor that the rest of the file needs
	}
	again, err := tree.Read("f", []byte(made))
	if err != nil {
		t.Fatalf("%v\n%s", err, made)
	}
	if !sameMembers(again.Documents[0].Get("k"), value, exactly) {
		t.Errorf("the file says something else than %s:\n%s", object.Line(value), made)
	}
	if second, err := Set(again, 0, "k", value, exactly); err != nil || second != made {
		t.Errorf("a second time gives %v\n%s\nwant\n%s", err, second, made)
	}
	first, last := unchanged(before, made)
	if file.Documents[0].Get("k") == nil && first+last != len(before) {
		t.Errorf("%q becomes %q, though the key was not there", before, made)
	}
	next := placeOf(file, "zz")
	if placeOf(file, "k") == len(head)-len("\"k\":") && file.IsJSON() && next == len(head+own)+1 || placeOf(file, "k") == len(head) && next == len(head+own) {
		if first < len(head) || last < len(tail) {
			t.Errorf("%q becomes %q; only %q may change", before, made, own)
		}
	}
}

// placeOf is the byte at which a key of the root stands, -1 without one.
func placeOf(file *tree.File, key string) int {
	for _, m := range file.Documents[0].Members {
		if m.Key == key {
			return len(file.Mark()) + file.Offset(m.Place)
		}
	}
	return -1
}

// unchanged is how many bytes at the begin and at the end of a text another one has as well.
func unchanged(before, after string) (first, last int) {
	for first < len(before) && first < len(after) && before[first] == after[first] {
		first++
	}
	for last < len(before)-first && last < len(after)-first && before[len(before)-1-last] == after[len(after)-1-last] {
		last++
	}
	return first, last
}

// TestGrowth puts a key into files of many members; none may take longer than its size asks for.
func TestGrowth(t *testing.T) {
	value := object.Object{{Name: "b", Value: "x"}}
	for _, shape := range [][3]string{{"", "a%: 1\n", ""}, {"k:\n", "  a%: 1\n", "z: 1\n"}, {"{\"k\": {", "\"a%\": 1,", "\"b\": 2}}"}, {"{", "\"a%\": 1,", "\"b\": 2}"}, {"a: |\n", "  x%\n", "\n# c\n"}} {
		growth.Check(t, fmt.Sprintf("%q", shape), func(size int) func() {
			var b strings.Builder
			b.WriteString(shape[0])
			for i := 0; b.Len() < size; i++ {
				b.WriteString(strings.ReplaceAll(shape[1], "%", fmt.Sprint(i)))
			}
			b.WriteString(shape[2])
			file, err := tree.Read("f", []byte(b.String()))
			if err != nil {
				t.Fatal(err)
			}
			return func() {
				if _, err := Set(file, 0, "k", value, exactly); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
