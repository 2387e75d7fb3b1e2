// SPDX-License-Identifier: Apache-2.0

// Package insert puts an object under a key at the root of a JSON or YAML file, or an element behind those of a list, and keeps every
// other byte of the file: comments, the order of keys, quotes, indentation, the ends of lines.
//
// It edits the text at the place, not the values: a key that is not there yet comes behind all others, and of an object that is
// there only those members are written anew that differ, and one that must go goes with the comments in front of it. The file is read again afterwards, so that no edit can change what it
// said: that is an error, and an edit that cannot be made is one as well.
package insert

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

// Same reports whether a member that is there says the same as one that is wanted. Texts differ more often than meanings: a
// number may stand there as a string.
type Same func(there *tree.Node, wanted any) bool

// errFlow is for YAML that has no lines to put something between.
var errFlow = errors.New("the YAML is written in brackets; write it as JSON, or a key a line")

// edit replaces text[from:to].
type edit struct {
	from, to int
	text     string
}

// Set puts value under key into document number n of a file. What is there already and says the same stays as it is.
func Set(file *tree.File, n int, key string, value object.Object, same Same) (string, error) {
	root := file.Documents[n]
	if !root.Is(tree.Object) {
		return "", fmt.Errorf("%s: the file holds %s; want an object", root.Place.Finding(), root.Kind)
	}
	if there := root.Get(key); there.Is(tree.Object) && sameMembers(there, value, same) {
		return file.Mark() + file.Text(), nil
	}
	s := setter{file: file, text: file.Text(), root: root, key: key, value: value, same: same, newline: newline(file.Text())}
	says := func(n *tree.Node) bool { return n.Is(tree.Object) && sameMembers(n, value, same) }
	return s.try(n, says, s.json, s.yaml)
}

// try makes the edits of the file's language, and gives the first text that says what is wanted.
func (s *setter) try(n int, says func(*tree.Node) bool, json func() []edit, yaml func(*yamlLines) []edit) (string, error) {
	var attempts []func() ([]edit, error)
	if s.file.IsJSON() {
		attempts = append(attempts, func() ([]edit, error) { return json(), nil })
	} else {
		attempts = append(attempts, s.lines(true, yaml), s.lines(false, yaml))
	}
	var err error
	for _, attempt := range attempts {
		var edits []edit
		if edits, err = attempt(); err != nil {
			continue
		}
		made := apply(s.text, edits)
		if err = s.check(n, made, says); err == nil {
			return s.file.Mark() + made, nil
		}
	}
	return "", err
}

// setter makes the edits for one key.
type setter struct {
	file    *tree.File
	text    string
	root    *tree.Node
	key     string
	value   object.Object
	same    Same
	newline string
}

// changes are what makes an object the wanted one.
type changes struct {
	// changed are the members that differ, added those that are not there, and removed is the one that must go, "" for none.
	changed map[string]any
	added   object.Object
	removed string
}

// changes compares an object with the wanted one. It is not ok when that is easier to write anew: several members must go, or one and others
// come, or one stands there twice.
func (s *setter) changes(there *tree.Node) (c changes, ok bool) {
	if !there.Is(tree.Object) || len(there.Members) == 0 || len(s.value) == 0 {
		return c, false
	}
	wanted := map[string]any{}
	for _, m := range s.value {
		wanted[m.Name] = m.Value
	}
	c.changed = map[string]any{}
	has := map[string]bool{}
	for _, m := range there.Members {
		value, known := wanted[m.Key]
		if has[m.Key] || !known && c.removed != "" {
			return c, false
		}
		has[m.Key] = true
		if !known {
			c.removed = m.Key
		} else if !s.same(m.Value, value) {
			c.changed[m.Key] = value
		}
	}
	for _, m := range s.value {
		if !has[m.Name] {
			c.added = append(c.added, m)
		}
	}
	return c, c.removed == "" || len(c.added) == 0 && len(there.Members) > 1
}

// sameMembers reports whether an object has the wanted members and no others.
func sameMembers(there *tree.Node, wanted object.Object, same Same) bool {
	if len(there.Members) != len(wanted) {
		return false
	}
	for _, m := range wanted {
		if n := there.Get(m.Name); n == nil || !same(n, m.Value) {
			return false
		}
	}
	return true
}

// check reads the text that was made, and compares it with what was there, and the value under the key with what it should say.
func (s *setter) check(n int, made string, says func(*tree.Node) bool) error {
	lost := func(what string) error {
		return fmt.Errorf("%s: %s cannot be put there without changing %s", s.file.Name, s.key, what)
	}
	file, err := tree.Read(s.file.Name, []byte(made))
	if err != nil || len(file.Documents) != len(s.file.Documents) {
		return lost("the rest of the file")
	}
	for i, document := range file.Documents {
		before := s.file.Documents[i]
		if i != n {
			if !equal(before, document) {
				return lost("another document")
			}
			continue
		}
		if !says(document.Get(s.key)) {
			return lost("its meaning")
		}
		if !equalBut(before, document, s.key) {
			return lost("the rest of the file")
		}
	}
	return nil
}

// equalBut reports whether two objects are equal but for a key.
func equalBut(a, b *tree.Node, key string) bool {
	without := func(n *tree.Node) *tree.Node {
		made := &tree.Node{Kind: n.Kind}
		for _, m := range n.Members {
			if m.Key != key {
				made.Members = append(made.Members, m)
			}
		}
		return made
	}
	return equal(without(a), without(b))
}

// equal reports whether two values are equal, wherever they stand.
func equal(a, b *tree.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || a.Tag != b.Tag || len(a.Members) != len(b.Members) || len(a.Elements) != len(b.Elements) {
		return false
	}
	for i, m := range a.Members {
		if m.Key != b.Members[i].Key || !equal(m.Value, b.Members[i].Value) {
			return false
		}
	}
	for i, element := range a.Elements {
		if !equal(element, b.Elements[i]) {
			return false
		}
	}
	return true
}

// apply makes edits that do not overlap.
func apply(text string, edits []edit) string {
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].from < edits[j].from })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.WriteString(text[at:])
	return b.String()
}

// newline is what ends the first line.
func newline(text string) string {
	if before, _, found := strings.Cut(text, "\n"); found && strings.HasSuffix(before, "\r") {
		return "\r\n"
	}
	return "\n"
}
