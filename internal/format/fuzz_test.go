// SPDX-License-Identifier: Apache-2.0

package format

import (
	"bytes"
	"testing"

	"gatewayresponses/internal/growth"
	"gatewayresponses/internal/source"
)

// FuzzSource holds the laws of formatting: what has a form means the same in it, keeps its comments, and is its own form.
func FuzzSource(f *testing.F) {
	for _, seed := range []string{
		"# a\n\nmode: off # b\nversion: 1\n\n# c\nstageVariables:\n  # d\n  a: |\n    # x\n  b: >-\n    one\n    two\n\n    three\n# e\n",
		"routes:\n- name: a # b\n  # c\n\n- &d {name: e, # f\n  mode: off}\n# g\n",
		"{a: b, # c\n # d\n e: [f, g # h\n ]}", "a: &a\n  # b\n  <<: {c: d}\n", "? a\n# b\n: c\n", "--- # a\nb: c\n... # d\n", "a: \"b\n\n c\" # d\n",
		`{"mode": "off", "version": 1, "x-a": [1, {"b": []}], "$schema": "c"}`, "a:\n- b\n\n\n- c\n", "a: >2-\n    b\n   c\n", "", "# a\n", "a: # b\n", "a: |+\n  b\n\n\nc: d",
	} {
		f.Add("a.yaml", seed)
		f.Add("stdin", seed)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		formatted, found := Source(name, []byte(text))
		if (formatted == nil) != found.HasErrors() {
			t.Fatalf("formatted %q, found %v", formatted, found)
		}
		if formatted == nil {
			return
		}
		before, _ := source.Read(name, []byte(text))
		after, found := source.Read(name, formatted)
		if after == nil {
			t.Fatalf("%q cannot be read: %v", formatted, found)
		}
		if !before.Root().Equal(after.Root()) {
			t.Errorf("%q means %s, %q means %s", text, before.Text, formatted, after.Text)
		}
		if lost := lostComment(text, string(formatted)); lost != "" && !source.IsJSON(name, []byte(text)) {
			t.Errorf("%q lost %s: %q", text, lost, formatted)
		}
		again, found := Source(name, formatted)
		if !bytes.Equal(again, formatted) {
			t.Errorf("%q became %q, and then %q (%v)", text, formatted, again, found)
		}
	})
}

// FuzzGrowth holds that the work of formatting grows as the text does.
func FuzzGrowth(f *testing.F) {
	for _, fragment := range []string{"a: b # c\n", "- a\n", "# x\n", "\n", "- >\n  a\n  b\n", "'', ", "- |\n  # x\n", "- [a, # b\n  c]\n"} {
		f.Add("", fragment, "")
		f.Add("a: [", fragment, "]")
		f.Add("a: |\n  ", fragment, "\nb: c # d\n")
	}
	f.Fuzz(func(t *testing.T, head, fragment, tail string) {
		if len(head) > growth.MaxFragment || len(fragment) > growth.MaxFragment || len(tail) > growth.MaxFragment {
			return
		}
		growth.Check(t, head+fragment+tail, func(size int) func() {
			text := []byte(growth.Repeat(head, fragment, tail, size))
			return func() { Source("a.yaml", text) }
		})
	})
}
