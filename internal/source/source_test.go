// SPDX-License-Identifier: Apache-2.0

package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadYAML(t *testing.T) {
	for _, tc := range []struct{ name, yaml, want string }{
		{"scalars", "a: 1\nb: -1.5\nc: true\nd: ~\ne:\nf: text", `{"a":1,"b":-1.5,"c":true,"d":null,"e":null,"f":"text"}`},
		{"numbers that JSON has not", "a: 0404\nb: 0x1F\nc: 1_000\nd: .inf\ne: .nan", `{"a":"0404","b":"0x1F","c":"1_000","d":".inf","e":".nan"}`},
		{"texts that others read as something else", "a: no\nb: on\nc: 2026-11-28\nd: 1:30", `{"a":"no","b":"on","c":"2026-11-28","d":"1:30"}`},
		{"number keys", "404: a\ntrue: b", `{"404":"a","true":"b"}`},
		{"duplicate keys stay", "a: 1\na: 2", `{"a":1,"a":2}`},
		{"blocks", "a: |\n  <p>\n   $x\n\n  \"\nb: >-\n  one\n  two\n", `{"a":"<p>\n $x\n\n\"\n","b":"one two"}`},
		{"lists", "a:\n- 1\n- b: 2\n  c: [x, {y: z}]", `{"a":[1,{"b":2,"c":["x",{"y":"z"}]}]}`},
		{"aliases and merges", "a: &a {x: 1, y: 2}\nb: *a\nc:\n  <<: *a\n  x: 3", `{"a":{"x":1,"y":2},"b":{"x":1,"y":2},"c":{"x":3,"y":2}}`},
		{"explicit key", "? a\n: b", `{"a":"b"}`},
		{"tag", "a: !!str 404", `{"a":"404"}`},
		{"comments only", "# nothing", `null`},
		{"start of a document", "---\na: 1\n", `{"a":1}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, found := Read("a.yaml", []byte(tc.yaml))
			if len(found) > 0 {
				t.Fatal(found)
			}
			if diff := cmp.Diff(tc.want, string(document.Text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	for _, tc := range []struct{ name, yaml, want string }{
		{"syntax", "a: [1", "a.yaml:1:6: not YAML: "},
		{"not UTF-8", "a: b\nc: \xff", "a.yaml:2:4: the file is not UTF-8"},
		{"no such anchor", "a: *b", "a.yaml:1:4: there is no anchor &b"},
		{"alias within itself", "a: &a\n  b: *a", "a.yaml:2:6: the alias *a stands inside"},
		{"unknown tag", "a: !x b", `a.yaml:1:4: the tag "!x" means nothing`},
		{"two documents", "a: 1\n---\nb: 2", "a.yaml:3:1: there is a second YAML document"},
		{"deep", strings.Repeat("[", 1<<20), "a.yaml:1:101: this nests deeper than 100 levels"},
		{"deep lists", strings.Repeat("- ", 1<<20), "a.yaml:1:201: this nests deeper than 100 levels"},
		{"bomb", bomb(), "with its aliases resolved, and the files that it names, this has more than 2 MiB"},
		{"large", strings.Repeat("#", MaxSize+1), "the file has more than 2 MiB"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, found := Read("a.yaml", []byte(tc.yaml))
			if document != nil || len(found) != 1 {
				t.Fatalf("found %v, want one finding and no document", found)
			}
			if got := found[0].String() + ": " + found[0].Message; !strings.Contains(got, tc.want) {
				t.Errorf("found %q, want %q", got, tc.want)
			}
		})
	}
}

// bomb is YAML whose aliases grow as powers of ten.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [lol]\n")
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	return b.String()
}

// TestPlace finds each "@" of the JSON where it was written.
func TestPlace(t *testing.T) {
	for _, tc := range []struct{ name, yaml string }{
		{"plain", "a: b@"},
		{"after an umlaut", "ä: {b: ü@}"},
		{"single-quoted", "a: 'x''y@'"},
		{"double-quoted", `a: "\u00e4\t\"\\@"`},
		{"literal block", "a: |\n  <p>\n    b@\n"},
		{"literal block, begin of a line", "a: |\n  <p>\n  @\n"},
		{"folded block", "a: >-\n  one\n  two@\n"},
		{"folded plain", "a: one\n  two@"},
		{"folded double-quoted", "a: \"one\n  two@\""},
		{"key", "a@: b"},
		{"windows", "a: |\r\n  one\r\n  two@\r\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, found := Read("a.yaml", []byte(tc.yaml))
			if len(found) > 0 {
				t.Fatal(found)
			}
			at := strings.IndexByte(string(document.Text), '@')
			got := document.Place(1, at+1)
			want := newFile("a.yaml", tc.yaml).place(strings.IndexByte(tc.yaml, '@'))
			if got != want {
				t.Errorf("place is %v, want %v; JSON %s", got, want, document.Text)
			}
		})
	}
}
