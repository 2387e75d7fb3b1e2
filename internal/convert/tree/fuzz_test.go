// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzRead holds that every value stands where it says, that JSON is read as encoding/json reads it, and that an error has a place
// within the text.
func FuzzRead(f *testing.F) {
	for _, text := range []string{`{"a": [1, -2.5e3, true, null], "é": {"b": "x\n\u00e9"}}`, "a: &a {x: 1}\nb: !Sub |\n  x\nc: *a\n", "---\n- 'x'\n- \"y\"\n---\n? a\n: - b\n", "<<: {a: b}\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Read("f", []byte(text))
		if err != nil {
			var located *Error
			if !errors.As(err, &located) || int(located.Place.Line) > strings.Count(text, "\n")+1 {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		for _, document := range file.Documents {
			stands(t, file, document)
		}
		var want any
		decoder := json.NewDecoder(strings.NewReader(strings.TrimPrefix(text, byteOrderMark)))
		decoder.UseNumber()
		if file.IsJSON() && decoder.Decode(&want) == nil {
			if diff := cmp.Diff(want, plain(file.Documents[0])); diff != "" {
				t.Errorf("%q: %s", text, diff)
			}
		}
	})
}

// stands holds that numbers, booleans and plain strings without line ends stand at their places.
func stands(t *testing.T, file *File, n *Node) {
	t.Helper()
	if n.Place.Line == 0 {
		return // a document that says nothing
	}
	at := file.Offset(n.Place)
	if file.at(at) != n.Place {
		t.Errorf("byte %d is at %v, and %v at byte %d", at, file.at(at), n.Place, at)
	}
	rest := file.text[at:]
	switch {
	case n.Tag != "" || strings.HasPrefix(rest, "!") || strings.HasPrefix(rest, "&"):
	case n.Kind == Number || n.Kind == Boolean:
		if !strings.HasPrefix(rest, n.Text) && !strings.HasPrefix(rest, "'") && !strings.HasPrefix(rest, "\"") {
			t.Errorf("%q does not stand at %q", n.Text, rest)
		}
	case file.IsJSON() && n.Kind == String && rest[0] != '"':
		t.Errorf("%q does not stand at %q", n.Text, rest)
	}
	for _, m := range n.Members {
		stands(t, file, m.Value)
	}
	for _, element := range n.Elements {
		stands(t, file, element)
	}
}

// plain is a value as encoding/json has it.
func plain(n *Node) any {
	switch n.Kind {
	case Object:
		made := map[string]any{}
		for _, m := range n.Members {
			made[m.Key] = plain(m.Value)
		}
		return made
	case List:
		made := []any{}
		for _, element := range n.Elements {
			made = append(made, plain(element))
		}
		return made
	case Number:
		return json.Number(n.Text)
	case Boolean:
		return n.Text == "true"
	case Null:
		return nil
	default:
		return n.Text
	}
}
