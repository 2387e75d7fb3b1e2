// SPDX-License-Identifier: Apache-2.0

package object

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/jsonwrite"
)

// back reads a text again, as the tree that it is.
func back(t *testing.T, text []byte) any {
	t.Helper()
	file, err := tree.Read("f", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if len(file.Documents) != 1 {
		t.Fatalf("%d documents in\n%s", len(file.Documents), text)
	}
	return plainValue(file.Documents[0])
}

// plainValue is a node without places.
func plainValue(n *tree.Node) any {
	switch n.Kind {
	case tree.Object:
		made := []any{}
		for _, m := range n.Members {
			made = append(made, m.Key, plainValue(m.Value))
		}
		return made
	case tree.List:
		made := []any{"list"}
		for _, e := range n.Elements {
			made = append(made, plainValue(e))
		}
		return made
	default:
		return n.Kind.String() + " " + n.Text
	}
}

// FuzzWrite holds that whatever a value holds, each way of writing it is read as the same value.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{
		"", " ", "a", "a b", "no", "1", "0x1F", "~", "'*'", `"`, "a: b", "a #b", "- a", "{}", "|", "a\nb", "a\nb\n", "a\n\n", "\na\nb",
		"  a\nb", "a \n b\n", "a\n\tb", "é\u0085\u2028\ufeff\x7f\x00", "a\r\nb", "---\na", "a\n---\n", "<b>&amp;</b>", "\U0001F600", "2020-01-01", "<<", "=", `{"a": '1'}`, "trailing ", "\t",
	} {
		f.Add(s, s+"x", s)
	}
	f.Fuzz(func(t *testing.T, name, other, text string) {
		if name == other || !isText(name+other+text) {
			return
		}
		o := Object{{Name: name, Value: text}, {Name: other, Value: Object{
			{Name: name, Value: List{text, 1, Object{{Name: name, Value: text}, {Name: other, Value: List{}}}, List{Object{}, text}, true}},
			{Name: other, Value: text},
		}}}
		compact, spots := o.Compact()
		want := back(t, compact)
		for _, spot := range spots {
			if compact[spot.Offset] != '"' {
				t.Errorf("the spot of %q is at %q", spot.Path, compact[spot.Offset:])
			}
		}
		comments := func(path []string) []string { return []string{path[len(path)-1] + "\n" + text} }
		for _, written := range [][]byte{Indent(o, "", "  "), o.YAML(nil), o.YAML(comments)} {
			if diff := cmp.Diff(want, back(t, written)); diff != "" {
				t.Errorf("%s\n%s", diff, written)
			}
		}
	})
}

// isText reports whether a string can come out of a file at all.
func isText(s string) bool {
	_, err := tree.Read("f", []byte(jsonwrite.String(s)))
	return err == nil && !containsReplacement(s)
}

// containsReplacement reports whether s has bytes that JSON replaces.
func containsReplacement(s string) bool {
	for _, r := range s {
		if r == '\uFFFD' {
			return true
		}
	}
	return false
}
