// SPDX-License-Identifier: Apache-2.0

package finding

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/schematest"
)

// all are findings of every kind of place and severity.
var all = List{
	{Code: code.Syntax, Severity: Error, Place: Place{File: "a b,c:d.yaml", Line: 3, Column: 6, Excerpt: "\tä: 漢"}, Path: `a["b,c"]`, Message: `100% wrong: "x"`},
	{Code: code.UnknownKey, Severity: Warning, Place: Place{File: "stdin"}, Message: "nowhere"},
	{Code: code.UnknownKey, Severity: Info, Place: Place{File: "a.json", Line: 1, Column: 1}, Message: "two\nlines"},
	{Severity: Error, Message: "without a code"},
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := all.Text(&b, false); err != nil {
		t.Fatal(err)
	}
	want := `a b,c:d.yaml:3:6: error: a["b,c"]: 100% wrong: "x" [GWR003]
    3 | 	ä: 漢
      | 	   ^
      = docs/findings.md#gwr003
stdin: warning: nowhere [GWR006]
      = docs/findings.md#gwr006
a.json:1:1: info: two
lines [GWR006]
      = docs/findings.md#gwr006
error: without a code
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestColours(t *testing.T) {
	var b strings.Builder
	if err := all[1:2].Text(&b, true); err != nil {
		t.Fatal(err)
	}
	if want := bold + "stdin" + reset + ": " + yellow + "warning" + reset + ": nowhere"; !strings.HasPrefix(b.String(), want) {
		t.Errorf("text is %q, want it to begin with %q", b.String(), want)
	}
}

// TestExcerpt puts a caret below the "@" of lines.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, tc := range []struct{ name, line, shown, caret string }{
		{"first", "@a", "@a", ""},
		{"behind a tab", "\ta\t@", "\ta\t@", "\t \t"},
		{"behind an umlaut", "ü@", "ü@", " "},
		{"behind a combining mark", "e\u0301@", "e\u0301@", " "},
		{"behind wide characters", "漢字@", "漢字@", "    "},
		{"behind an emoji", "🚀@", "🚀@", "  "},
		{"behind a control character", "\x1b[31m@", "\ufffd[31m@", "     "},
		{"behind a change of direction", "\u202ea@", "\ufffda@", "  "},
		{"begin of a long line", "@" + long, "@" + long[:99] + "...", ""},
		{"middle of a long line", long + "@" + long, "..." + long[:50] + "@" + long[:49] + "...", strings.Repeat(" ", 53)},
		{"end of a long line", long + "@", "..." + long[:50] + "@", strings.Repeat(" ", 53)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			shown, caret := excerpt(tc.line, strings.IndexByte(tc.line, '@'))
			if shown != tc.shown || caret != tc.caret {
				t.Errorf("excerpt is\n%q\n%q, want\n%q\n%q", shown, caret, tc.shown, tc.caret)
			}
		})
	}
}

// TestCharacters asks for columns in any order.
func TestCharacters(t *testing.T) {
	line := "aä漢🚀b"
	var columns characters
	for _, tc := range []struct{ line, column, want int }{
		{1, 1, 1}, {1, 2, 2}, {1, 4, 3}, {1, 7, 4}, {1, 11, 5}, {1, 12, 6}, {1, 4, 3}, {2, 7, 4}, {2, 99, 99}, {2, 0, 0},
	} {
		if got := columns.of(Place{File: "a", Line: tc.line, Column: tc.column, Excerpt: line}); got != tc.want {
			t.Errorf("column %d of line %d is character %d, want %d", tc.column, tc.line, got, tc.want)
		}
	}
}

func TestGitHub(t *testing.T) {
	var b strings.Builder
	if err := all.GitHub(&b); err != nil {
		t.Fatal(err)
	}
	want := `::error file=a b%2Cc%3Ad.yaml,line=3,col=5,title=GWR003 not JSON::a["b,c"]: 100%25 wrong: "x"%0Adocs/findings.md#gwr003
::warning file=stdin,title=GWR006 unknown key::nowhere%0Adocs/findings.md#gwr006
::notice file=a.json,line=1,col=1,title=GWR006 unknown key::two%0Alines%0Adocs/findings.md#gwr006
::error::without a code
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("commands (-want +got):\n%s", diff)
	}
}

// TestSARIF validates a log against the schema of OASIS, of which testdata has all but the descriptions.
func TestSARIF(t *testing.T) {
	text, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := schematest.Compile(t, text)
	for _, list := range []List{all, nil} {
		var b bytes.Buffer
		if err := list.SARIF(&b, "1.2.3"); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(t, b.Bytes()); err != nil {
			t.Error(err)
		}
	}
	var b strings.Builder
	if err := all[:1].SARIF(&b, "1.2.3"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"uri": "./a%20b,c:d.yaml"`, `"startColumn": 5`, `"ruleId": "GWR003"`, `"id": "GWR003"`, `"level": "error"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the log does not have %s:\n%s", want, b.String())
		}
	}
}
