// SPDX-License-Identifier: Apache-2.0

package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestComments(t *testing.T) {
	const text = `# ! root
a: # ! a
  # ! b
  # two

  b: 1 # ! c
  c: |
    # ! no
  d: "# ! no"
  e:
    - {f: 1} # ! d
    # ! e
    - 2
# ! end
`
	document, found := Read("a.yaml", []byte(text))
	if document == nil {
		t.Fatal(found)
	}
	var got []string
	for _, c := range document.Comments("!") {
		got = append(got, fmt.Sprintf("%d:%d %s about %d", c.Place.Line, c.Place.Column, c.Text, c.About))
	}
	want := []string{
		"1:1 # ! root about 2", "2:4 # ! a about 2", "3:3 # ! b about 6", "6:8 # ! c about 6", "11:14 # ! d about 11", "12:5 # ! e about 13",
		"14:1 # ! end about 14",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
}

func TestCommentsOfJSON(t *testing.T) {
	document, _ := Read("a.json", []byte(`{"a": "# !"}`))
	if got := document.Comments("!"); got != nil {
		t.Errorf("comments are %v, want none", got)
	}
}

// FuzzComments holds that a comment stands where it says, and is about a line of the text.
func FuzzComments(f *testing.F) {
	for _, seed := range []string{"a: 1 # !", "# !\na: 1", "a:\n  # !\n\n  # !\n  - b # !\n# !\n", "a: |\n  # !\n", "{a: 1, # !\n b: 2}", "a: \"# !\" # !"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4<<10 {
			return
		}
		document, _ := Read("a.yaml", []byte(text))
		if document == nil {
			return
		}
		lines := strings.Split(text, "\n")
		for _, c := range document.Comments("!") {
			if !strings.HasPrefix(c.Text, "#") || !strings.HasPrefix(lines[c.Place.Line-1][c.Place.Column-1:], c.Text) {
				t.Errorf("%q: the comment %q stands at %v", text, c.Text, c.Place)
			}
			if c.About < c.Place.Line || c.About > len(lines) {
				t.Errorf("%q: the comment %q in line %d is about line %d", text, c.Text, c.Place.Line, c.About)
			}
		}
	})
}
