// SPDX-License-Identifier: Apache-2.0

package insert

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

// Append puts an element behind those of the list under key in document number n of a file. A list that is not there is made.
func Append(file *tree.File, n int, key string, element object.Object) (string, error) {
	root := file.Documents[n]
	if !root.Is(tree.Object) {
		return "", fmt.Errorf("%s: the file holds %s; want an object", root.Place.Finding(), root.Kind)
	}
	own := root.Get(key)
	if own != nil && own.Kind != tree.List && own.Kind != tree.Null {
		return "", fmt.Errorf("%s: %s is %s; want a list", own.Place.Finding(), key, own.Kind)
	}
	all := object.List{}
	for _, there := range own.List() {
		value, _ := object.Of(there)
		all = append(all, value)
	}
	all = append(all, element)
	a := appender{setter{file: file, text: file.Text(), root: root, key: key, newline: newline(file.Text())}, all}
	says := func(n *tree.Node) bool {
		value, _ := object.Of(n)
		return n.Is(tree.List) && string(object.Line(value)) == string(object.Line(all))
	}
	return a.try(n, says, a.json, a.yaml)
}

// appender makes the edits for the last element of a list.
type appender struct {
	setter
	// all are the elements that the list shall have.
	all object.List
}

// whole is the key with its list.
func (a *appender) whole() object.Object { return object.Object{{Name: a.key, Value: a.all}} }

// json makes the edit in a JSON text.
func (a *appender) json() []edit {
	own := a.root.Member(a.key)
	if own == nil {
		return []edit{a.add(a.root, a.whole())}
	}
	if len(own.Value.Elements) == 0 {
		from := a.file.Offset(own.Value.Place)
		return []edit{{from, a.end(from), a.written(a.all, a.indentation(own.Place))}}
	}
	last := own.Value.Elements[len(own.Value.Elements)-1]
	at := a.end(a.file.Offset(last.Place))
	element := a.all[len(a.all)-1]
	if indent := a.indentation(last.Place); indent != nil {
		return []edit{{at, at, "," + a.newline + *indent + a.written(element, indent)}}
	}
	return []edit{{at, at, ", " + a.written(element, nil)}}
}

// yaml makes the edit in a YAML text.
func (a *appender) yaml(y *yamlLines) []edit {
	first, end := y.own()
	own := y.root.Get(y.key)
	isBlock := own.Is(tree.List) && int(own.Place.Line)-1 > first && strings.HasPrefix(y.text[y.file.Offset(own.Place):], "-")
	if first == end || !isBlock {
		return []edit{y.lineEdit(first, end, a.whole(), int(y.root.Place.Column))}
	}
	e := y.lineEdit(end, end, object.Object{{Name: anyKey, Value: a.all[len(a.all)-1:]}}, 1)
	return []edit{{e.from, e.to, a.behindDash(e.text, int(own.Place.Column))}}
}

// anyKey is the key of a list that is written for its elements.
const anyKey = "x"

// behindDash moves the lines of a list under anyKey, which a text has, to a column, and drops the key.
func (a *appender) behindDash(text string, column int) string {
	before, list, _ := strings.Cut(text, anyKey+":"+a.newline)
	var b strings.Builder
	b.WriteString(before)
	for line := range strings.Lines(list) {
		if content := strings.TrimPrefix(line, "  "); strings.TrimSpace(content) != "" {
			b.WriteString(strings.Repeat(" ", column-1) + content)
		} else {
			b.WriteString(line)
		}
	}
	return b.String()
}
