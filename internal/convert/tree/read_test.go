// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/growth"
)

// dump writes a tree with its places, one value a line.
func dump(n *Node, indent string, b *strings.Builder) {
	fmt.Fprintf(b, "%v %d:%d", [...]string{"null", "bool", "number", "string", "object", "list", "unknown"}[n.Kind], n.Place.Line, n.Place.Column)
	if n.Tag != "" {
		b.WriteString(" " + n.Tag)
	}
	if _, ok := n.Scalar(); ok {
		fmt.Fprintf(b, " %q", n.Text)
	}
	b.WriteString("\n")
	for _, m := range n.Members {
		fmt.Fprintf(b, "%s%q %d:%d ", indent, m.Key, m.Place.Line, m.Place.Column)
		dump(m.Value, indent+"  ", b)
	}
	for _, e := range n.Elements {
		b.WriteString(indent + "- ")
		dump(e, indent+"  ", b)
	}
}

func TestRead(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"JSON", "{\"a\": [1, true,\n null], \"é\": {\"b\" : \"x\\ny\"}, \"a\": 2}", `object 1:1
"a" 1:2 list 1:7
  - number 1:8 "1"
  - bool 1:11 "true"
  - null 2:2
"é" 2:9 object 2:15
  "b" 2:16 string 2:22 "x\ny"
"a" 2:31 number 2:36 "2"
`},
		{"JSON after a byte order mark", "\ufeff{}", "object 1:1\n"},
		{"YAML keeps what is written", "a: 0404\nb: no\nc: 2020-01-01\nd: True\ne: ~\nf: '1'\n", `object 1:1
"a" 1:1 number 1:4 "0404"
"b" 2:1 string 2:4 "no"
"c" 3:1 string 3:4 "2020-01-01"
"d" 4:1 bool 4:4 "True"
"e" 5:1 null 5:4
"f" 6:1 string 6:4 "1"
`},
		{"columns count bytes", "{é: {ü: !Sub x}} # flow\n", `object 1:1
"é" 1:2 object 1:6
  "ü" 1:7 string 1:11 !Sub "x"
`},
		{"aliases and merged keys", "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n", `object 1:1
"a" 1:1 object 1:4
  "x" 1:8 number 1:11 "1"
  "y" 1:14 number 1:17 "2"
"b" 2:1 object 2:4
  "x" 1:8 number 1:11 "1"
  "y" 2:13 number 2:16 "3"
"c" 3:1 object 1:4
  "x" 1:8 number 1:11 "1"
  "y" 1:14 number 1:17 "2"
`},
		{"JSON with comments", "{\n  # why\n  \"a\": 1,\n}", "object 1:1\n\"a\" 3:3 number 3:8 \"1\"\n"},
		{"several documents", "--- 1\n---\n- x\n", "number 1:5 \"1\"\nlist 3:1\n- string 3:3 \"x\"\n"},
		{"ends of lines that others have not", "a: 'x\u2028y'\nb: 1\r\nc: \"\u0085\"\nd: 2\n", `object 1:1
"a" 1:1 string 1:4 "x\u2028y"
"b" 2:1 number 2:4 "1"
"c" 3:1 string 3:4 " "
"d" 4:1 number 4:4 "2"
`},
		{"nothing", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file, err := Read("f", []byte(tc.text))
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, root := range file.Documents {
				dump(root, "", &b)
			}
			if got := b.String(); got != tc.want {
				t.Errorf("Read gives\n%swant\n%s", got, tc.want)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 20; i++ {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), i-1)
	}
	for _, tc := range []struct{ name, text, want string }{
		{"a comma too many", `{"a": 1,, "b": 2}`, "f:1:9: not JSON: "},
		{"the end is missing", "{\"a\":\n[1", "f:2:3: not JSON: the text ends too early"},
		{"text after the end", `{"a": 1} x`, "f:1:10: there is text after the end of the value"},
		{"YAML", "a: b\n c: [\n", "f:2:3: not YAML: mapping values"},
		{"not UTF-8", "a: b\nc: \xff", "f:2:4: byte 0xff is not text in UTF-8"},
		{"a NUL", "a\x00", "f:1:2: byte 0x00 is not text in UTF-8"},
		{"UTF-16", "\xff\xfe{\x00", "f:1:1: byte 0xff is not text in UTF-8"},
		{"deep JSON", strings.Repeat("[", 5000), "f:1:1002: values are nested more than 1000 levels deep"},
		{"deep YAML", strings.Repeat("- ", 5000), "f:1:2001: values are nested more than 1000 levels deep"},
		{"very deep YAML", strings.Repeat("? ", 500000), "f:1:2001: values are nested more than 1000 levels deep"},
		{"an alias inside of itself", "a: &a\n  b: *a\n", "f:2:6: alias *a stands inside of what it stands for, so the value has no end"},
		{"an alias for nothing", "a: *b\n", "f:1:4: not YAML: unknown anchor 'b' referenced"},
		{"a bomb", bomb.String(), "with its aliases the text has more than 1048576 values"},
		{"a key that is an object", "? {a: b}\n: c\n", "f:1:3: a key is an object; keys are strings"},
		{"many values", "[" + strings.Repeat("1,", maxNodes) + "1]", fmt.Sprintf("f:1:%d: there are more than 1048576 values", 2*maxNodes)},
		{"100 MB", strings.Repeat("x", 100<<20), "f: the file has more than 32 MiB"},
		{"a large YAML text", "a: " + strings.Repeat("x", maxYAML), "f: the file has more than 8 MiB of YAML; as JSON it may have 32 MiB"},
		{"YAML of many values", strings.Repeat("-\n", 2*maxNodes), "f: the file may hold more than 1048576 values"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Read("f", []byte(tc.text))
			var located *Error
			if !errors.As(err, &located) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Read gives %v, want %s", err, tc.want)
			}
		})
	}
}

// TestGrowth reads texts of many shapes; none may take longer than its size asks for.
func TestGrowth(t *testing.T) {
	for _, fragment := range []string{"[", "{", "- ", "a: ", "? ", "! ", "&a ", "{\"a\":1},", "x,", "k: v\n", "--- a\n", "# c\n", "\n", "  c\n", "é", "'", "\"x\": {", "<<: &a\n "} {
		for _, start := range []string{"", "[", "a: \"", "a: |\n  x", "{"} {
			growth.Check(t, fmt.Sprintf("%q %q", start, fragment), func(size int) func() {
				text := []byte(growth.Repeat(start, fragment, "", size))
				return func() { _, _ = Read("f", text) }
			})
		}
	}
}

// TestGrowthOfValues does so with texts that are well-formed, so that each value is given its place.
func TestGrowthOfValues(t *testing.T) {
	for _, tc := range []struct{ name, start, fragment, end string }{
		{"one line of JSON", "[", `{"a": {"b": ["c", 1]}},`, "1]"},
		{"one line of YAML", "[", `{a: {b: ["c", 1]}},`, "1]"},
		{"lines of YAML", "", "- a: {b: [c, 1]}\n  é: x\n", "- 1\n"},
		{"aliases", "- &a {b: 1}\n", "- *a\n", "- 1\n"},
	} {
		growth.Check(t, tc.name, func(size int) func() {
			text := []byte(growth.Repeat(tc.start, tc.fragment, tc.end, size))
			return func() {
				if _, err := Read("f", text); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
