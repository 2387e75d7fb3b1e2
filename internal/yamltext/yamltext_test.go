// SPDX-License-Identifier: Apache-2.0

package yamltext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/growth"
)

const text = `# one
a: b # two
c: 'x # no' # three
d: "x\" # no" #four
e: it's # five
f: | # six
  # no

  # no
# seven
g: >-
    no
     # no
  # eight
h: [x#no, # nine
  'y''# no']
i: &j # ten
  k
l: !!str # eleven
  "# no" # twelve
#thirteen`

func parse(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var tree yaml.Node
	if err := yaml.Load([]byte(text), &tree); err != nil {
		t.Fatal(err)
	}
	return &tree
}

func TestComments(t *testing.T) {
	var got []string
	for _, c := range New(text).Comments(parse(t, text)) {
		if !strings.HasPrefix(text[c.At:], c.Text) {
			t.Errorf("%q does not stand at %d", c.Text, c.At)
		}
		got = append(got, c.Text)
	}
	want := []string{
		"# one", "# two", "# three", "#four", "# five", "# six", "# seven", "# eight", "# nine", "# ten", "# eleven", "# twelve", "#thirteen",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBegin(t *testing.T) {
	w := New(text)
	for n := range all(parse(t, text)) {
		if n.Kind != yaml.ScalarNode || n.Style != 0 && n.Style&(yaml.TaggedStyle|quotes) == 0 {
			continue
		}
		want := n.Value
		if n.Style&quotes != 0 {
			want = w.Text[w.Begin(n):][:1]
			if want != "'" && want != `"` {
				t.Errorf("%q begins with %q", n.Value, want)
			}
			continue
		}
		if !strings.HasPrefix(w.Text[w.Begin(n):], want) {
			t.Errorf("%q begins at %q", n.Value, w.Text[w.Begin(n):])
		}
	}
}

// FuzzComments holds that every comment stands in the text, that there are no more than "#", and that the work grows as the text
// does.
func FuzzComments(f *testing.F) {
	for _, fragment := range []string{"a: b # c\n", "# x\n", "- 'a # b'\n", "- |\n  # x\n", "- &a # b\n  c\n", "'', # a\n", "- >2\n   # a\n  # b\n", "? # a\n"} {
		f.Add("", fragment, "")
		f.Add("a: [", fragment, "]")
	}
	f.Fuzz(func(t *testing.T, head, fragment, tail string) {
		if len(head) > growth.MaxFragment || len(fragment) > growth.MaxFragment || len(tail) > growth.MaxFragment {
			return
		}
		var tree yaml.Node
		if yaml.Load([]byte(head+fragment+tail), &tree) == nil {
			written := New(head + fragment + tail)
			last := -1
			for _, c := range written.Comments(&tree) {
				if c.At <= last || !strings.HasPrefix(written.Text[c.At:], c.Text) || c.Text[0] != '#' {
					t.Errorf("%q has no comment %q at %d", written.Text, c.Text, c.At)
				}
				last = c.At
			}
		}
		growth.Check(t, head+fragment+tail, func(size int) func() {
			text := growth.Repeat(head, fragment, tail, size)
			var tree yaml.Node
			_ = yaml.Load([]byte(text), &tree) // what is no YAML has an empty tree
			return func() { New(text).Comments(&tree) }
		})
	})
}
