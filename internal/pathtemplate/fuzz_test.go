// SPDX-License-Identifier: Apache-2.0

package pathtemplate

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzMatch holds the laws of templates for any template and any target.
func FuzzMatch(f *testing.F) {
	for _, tc := range matchCases {
		f.Add(tc.template, tc.target)
	}
	for _, tc := range badTemplates {
		f.Add(tc.template, "/")
	}
	f.Fuzz(func(t *testing.T, text, target string) {
		template, problem := Parse(text)
		if problem != nil {
			if problem.Offset < 0 || problem.Offset > len(text) || problem.Message == "" {
				t.Errorf("Parse(%q) fails at byte %d: %q", text, problem.Offset, problem.Message)
			}
			return
		}
		path := PathOf(target)
		segments := path.Segments(template.Depth())
		if deeper := path.Segments(template.Depth() + 3); template.Match(deeper) != template.Match(segments) {
			t.Errorf("%q takes %q or not, by how far the path is cut", template, path)
		}
		if template.Match(segments) {
			checkTaken(t, template, path, segments)
		}
	})
}

// checkTaken holds what is true of a path that a template takes.
func checkTaken(t *testing.T, template *Template, path Path, segments Segments) {
	t.Helper()
	literal := template.Literal()
	if !path.HasPrefix(literal) {
		t.Errorf("%q takes %q, which does not begin with %q", template, path, literal)
	}
	if !slices.Contains(slices.Collect(path.Prefixes(literal.Depth(), len(literal.String()))), literal.String()) {
		t.Errorf("%q is none of the prefixes of %q", literal, path)
	}
	// The values put into the template give the path again.
	values := template.Values(segments)
	var parts []string
	for _, s := range template.segments {
		if s.name == "" {
			parts = append(parts, s.literal)
			continue
		}
		value := values[s.name]
		if value == "" || !s.rest && strings.Contains(value, "/") {
			t.Errorf("%q takes %q: {%s} is %q", template, path, s.name, value)
		}
		parts = append(parts, value)
	}
	if got := join(parts); got != path {
		t.Errorf("%q takes %q, and its values give %q", template, path, got)
	}
}

// FuzzTree holds that a tree finds what asking every template in turn finds, whatever the templates and the path, that it is
// the nearest one, and that no node is looked at twice.
func FuzzTree(f *testing.F) {
	f.Add("/ /pets /pets/ /pets/{id} /pets/{rest+} /pets/mine /{x}", "/pets/mine")
	f.Add("/a/b/c /a/{x}/d /{y}/b/{z} /{all+}", "/a/b/d")
	f.Add("/a/a /{x}/a /a/{x} /{x}/{y} /{x+}", "/a//")
	f.Add("/{x}/{x} // /a%2Fb", "/a%2fb?/")
	f.Fuzz(func(t *testing.T, texts, target string) {
		var tree Tree
		shapes, nodes := map[string]*Template{}, 1
		for text := range strings.FieldsSeq(texts) {
			if template, problem := Parse(text); problem == nil {
				tree.Add(template)
				shapes[template.Shape()] = template
				nodes += template.Depth()
			}
		}
		path := PathOf(target)
		var want *Template
		for _, template := range shapes {
			if template.Match(path.Segments(template.Depth())) && (want == nil || nearer(template, want)) {
				want = template
			}
		}
		found, values := tree.Find(path)
		if found != want {
			t.Fatalf("the tree of %q finds %v for %q, want %v", texts, found, path, want)
		}
		if found != nil {
			if diff := cmp.Diff(found.Values(path.Segments(found.Depth())), values); diff != "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
		}
		if _, looked := tree.find(path.Segments(tree.depth)); looked > nodes {
			t.Errorf("%d nodes are looked at, there are at most %d", looked, nodes)
		}
	})
}

// nearer reports whether a, of two templates that take the same path, is the nearer one.
func nearer(a, b *Template) bool {
	for i := range min(len(a.segments), len(b.segments)) {
		if kind, other := kindOf(a.segments[i]), kindOf(b.segments[i]); kind != other {
			return kind < other
		}
	}
	return false
}

// kindOf orders segments: a literal, {name}, {name+}.
func kindOf(s segment) int {
	switch {
	case s.rest:
		return 2
	case s.name != "":
		return 1
	}
	return 0
}

// FuzzLongPath holds that what is done for a path does not grow faster than the path, whatever a client sends: no more
// segments are cut off than templates look at, no more bytes compared than a key has.
func FuzzLongPath(f *testing.F) {
	f.Add("/", 100, 3, 7)
	f.Add("/a", 30_000, 10, 4)
	f.Add("/%2f//", 10_000, 1, 0)
	f.Fuzz(func(t *testing.T, piece string, times, n, size int) {
		if times < 0 || times > 60<<10/max(1, len(piece)) || n < 0 || size < 0 || n > 1<<20 || size > 1<<20 {
			return
		}
		path := PathOf(strings.Repeat(piece, times))
		if got := len(path.String()); got > times*len(piece) {
			t.Errorf("the path of %d times %q has %d bytes", times, piece, got)
		}
		if got := len(path.Segments(n).ends); got > min(n, path.Depth()) {
			t.Errorf("%d segments are cut off, want at most %d", got, n)
		}
		bytes, count := 0, 0
		for prefix := range path.Prefixes(n, size) {
			bytes, count = max(bytes, len(prefix)), count+1
		}
		if bytes > size || count > n+1 {
			t.Errorf("%d prefixes of up to %d bytes, want %d of up to %d", count, bytes, n+1, size)
		}
	})
}
