// SPDX-License-Identifier: Apache-2.0

package pathtemplate

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTree(t *testing.T) {
	for _, tc := range []struct {
		name, templates, target, want string
		values                        map[string]string
	}{
		{"literal", "/pets/{id} /pets/mine /pets/{rest+}", "/pets/mine", "/pets/mine", nil},
		{"parameter", "/pets/{rest+} /pets/{id}", "/pets/7?x", "/pets/{id}", map[string]string{"id": "7"}},
		{"rest", "/pets/{rest+} /pets/{id}", "/pets/7/toys", "/pets/{rest+}", map[string]string{"rest": "7/toys"}},
		{"root", "/ /{all+}", "/", "/", nil},
		{"none", "/pets /toys/{id}", "/pets/7", "", nil},
		{"no path", "/ /{all+}", "*", "", nil},
		{"back from a literal that leads nowhere", "/a/b/c /a/{x}/d", "/a/b/d", "/a/{x}/d", map[string]string{"x": "b"}},
		{"back to what takes the rest", "/a/b/c /{all+}", "/a/b/d", "/{all+}", map[string]string{"all": "a/b/d"}},
		{"the first difference decides", "/a/{x}/{y} /{x}/b/c", "/a/b/c", "/a/{x}/{y}", map[string]string{"x": "b", "y": "c"}},
		{"a rest in front beats a parameter there", "/a/{x+} /{x}/b", "/a/b", "/a/{x+}", map[string]string{"x": "b"}},
		{"an empty segment is a literal only", "/a/ /a/{x}", "/a/", "/a/", nil},
		{"an empty segment is no parameter", "/a/{x}", "/a/", "", nil},
		{"deeper than any", "/a/b", "/a/b/c/d/e", "", nil},
		{"the later of the same shape", "/{a} /{b}", "/x", "/{b}", map[string]string{"b": "x"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			found, values := treeOf(t, strings.Fields(tc.templates)).Find(PathOf(tc.target))
			if got := fmt.Sprint(found); found != nil && got != tc.want || found == nil && tc.want != "" {
				t.Errorf("found %v, want %q", found, tc.want)
			}
			if diff := cmp.Diff(tc.values, values); diff != "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
		})
	}
}

// treeOf is the tree of some templates.
func treeOf(t testing.TB, texts []string) *Tree {
	t.Helper()
	tree := &Tree{}
	for _, text := range texts {
		template, problem := Parse(text)
		if problem != nil {
			t.Fatalf("%s: %v", text, problem)
		}
		tree.Add(template)
	}
	return tree
}

// crowd is a thousand resources and more, as large APIs have them: collections with an item, an action and a part each.
func crowd() []string {
	var texts []string
	for i := range 300 {
		c := fmt.Sprintf("/v1/things%d", i)
		texts = append(texts, c, c+"/{id}", c+"/{id}/undo", c+"/{id}/parts/{part}")
	}
	return texts
}

// TestTreeOfMany holds that of a thousand resources a path asks no more than one or two for each of its segments, and that
// what is behind the deepest of them costs nothing.
func TestTreeOfMany(t *testing.T) {
	tree := treeOf(t, crowd())
	for target, most := range map[string]int{
		"/v1/things299/7/parts/8":                      6,
		"/v1/things299/undo/undo":                      6,
		"/v1/other":                                    3,
		"/v1/things0" + strings.Repeat("/x", 30_000):   6,
		"/" + strings.Repeat("v1", 30_000) + "/things": 1,
	} {
		if _, nodes := tree.find(PathOf(target).Segments(tree.depth)); nodes > most {
			t.Errorf("%.40s: %d nodes are looked at, want at most %d", target, nodes, most)
		}
	}
}

// BenchmarkTree finds the deepest of many resources.
func BenchmarkTree(b *testing.B) {
	texts := crowd()
	for _, count := range []int{4, 100, len(texts)} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			tree, path := treeOf(b, texts[:count]), PathOf("/v1/things0/7/parts/8")
			b.ReportAllocs()
			for b.Loop() {
				tree.Find(path)
			}
		})
	}
}
