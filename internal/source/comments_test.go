// SPDX-License-Identifier: Apache-2.0

package source

import (
	"fmt"
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
