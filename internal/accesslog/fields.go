// SPDX-License-Identifier: Apache-2.0

package accesslog

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
)

// Fields say where lines of a log have what. They are immutable, and safe to share.
type Fields struct{ root node }

// node is where a path leads that is part of the way to a field, or all of it.
type node struct {
	// is reports that the value here is of this field.
	is bool
	of field
	// member names the header or attribute, as JSON writes it; nil where the value is an object, whose members are all of that field.
	member jsontext.Value
	// children are further on, by the name of the member as JSON writes it, in quotes, or by the number of the element.
	children map[string]*node
}

// DefaultFields are those of our own format, of Istio's and of Envoy Gateway's.
func DefaultFields() *Fields {
	fields := &Fields{}
	fields.addDefaults(nil)
	for name, ours := range otherNames {
		f, member, _ := parseField(ours)
		fields.root.at([]string{name}).set(f, member)
	}
	return fields
}

// addDefaults adds our own names of fields, but for some.
func (f *Fields) addDefaults(but map[string]bool) {
	for of, name := range fieldNames {
		if n := f.root.at(strings.Split(name, ".")); !but[name] && !n.is {
			n.set(field(of), "")
		}
	}
}

// at is the node that a path leads to, a new one if need be.
func (n *node) at(path []string) *node {
	for _, piece := range path {
		key, err := jsontext.AppendQuote(nil, piece)
		if err != nil {
			key = []byte(piece) // no valid JSON has such a name
		}
		next := n.children[string(key)]
		if next == nil {
			next = &node{}
			if n.children == nil {
				n.children = map[string]*node{}
			}
			n.children[string(key)] = next
		}
		n = next
	}
	return n
}

// set says what the value at a node is of.
func (n *node) set(f field, member string) {
	if n.is, n.of = true, f; member != "" {
		n.member, _ = jsontext.AppendQuote(nil, member) // what is no UTF-8 becomes U+FFFD
	}
}

// NewFields reads a field map: an object whose members are called as in our own format, each with the name under which the log
// has the value. In a name dots lead into objects, and numbers into arrays; a list of names has a step in each, for names that have dots
// themselves. A name with a map in our own format counts on, unless the map leads it elsewhere.
func NewFields(document *source.Document) (*Fields, finding.List) {
	r := mapReader{document: document, fields: &Fields{}, decoder: jsontext.NewDecoder(bytes.NewReader(document.Text))}
	if r.decoder.PeekKind() != '{' {
		r.report(0, "a field map is an object: names of this format, each with the name that the log has")
		return nil, r.found
	}
	r.read()
	if r.found.HasErrors() {
		return nil, r.found
	}
	mapped := map[string]bool{}
	r.fields.root.each(func(n *node) { mapped[n.name()] = true })
	r.fields.addDefaults(mapped)
	return r.fields, r.found
}

// each calls do for each node that is a field's.
func (n *node) each(do func(*node)) {
	if n.is {
		do(n)
	}
	for _, child := range n.children {
		child.each(do)
	}
}

// name is what the field of a node is called.
func (n *node) name() string {
	if n.member != nil {
		return fieldNames[n.of] + "." + text(n.member)
	}
	return fieldNames[n.of]
}

// mapReader reads a field map.
type mapReader struct {
	document *source.Document
	decoder  *jsontext.Decoder
	fields   *Fields
	found    finding.List
}

// read reads the members.
func (r *mapReader) read() {
	if _, err := r.decoder.ReadToken(); err != nil {
		r.report(0, err.Error())
		return
	}
	for r.decoder.PeekKind() == '"' {
		at := r.decoder.InputOffset()
		name, err := r.decoder.ReadToken()
		if err != nil {
			r.report(at, err.Error())
			return
		}
		ours := name.String()
		steps, ok := r.steps()
		f, member, known := parseField(ours)
		switch {
		case !known:
			r.report(at, quote.Text(ours)+" is no name of this format"+meant(ours))
		case ok:
			r.set(at, f, member, steps)
		}
	}
}

// set leads a field to a path.
func (r *mapReader) set(at int64, f field, member string, steps []string) {
	n := r.fields.root.at(steps)
	if n.is {
		r.report(at, quote.Text(strings.Join(steps, "."))+" is given to "+quote.Text(n.name())+" already")
		return
	}
	n.set(f, strings.ToLower(member))
}

// steps reads a path.
func (r *mapReader) steps() ([]string, bool) {
	at := r.decoder.InputOffset()
	value, err := r.decoder.ReadValue()
	if err != nil {
		r.report(at, err.Error())
		return nil, false
	}
	var steps []string
	switch inner := jsontext.NewDecoder(bytes.NewReader(value)); value.Kind() {
	case '"':
		name, _ := inner.ReadToken()
		steps = strings.Split(name.String(), ".")
	case '[':
		_, _ = inner.ReadToken()
		for inner.PeekKind() == '"' {
			name, _ := inner.ReadToken()
			steps = append(steps, name.String())
		}
		if inner.PeekKind() != ']' {
			steps = nil
		}
	}
	if len(steps) == 0 || steps[0] == "" {
		r.report(at, "write the name that the log has, or a list of names that lead to it")
		return nil, false
	}
	return steps, true
}

// report reports what is wrong with what stands behind a byte of the map.
func (r *mapReader) report(at int64, message string) {
	behind := bytes.TrimLeft(r.document.Text[at:], " \t\r\n,:")
	before := r.document.Text[:len(r.document.Text)-len(behind)]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := len(before) - bytes.LastIndexByte(before, '\n')
	r.found = append(r.found, finding.Finding{Severity: finding.Error, Place: r.document.Place(line, column), Message: message})
}

// meant suggests the name that was probably meant.
func meant(name string) string {
	if known, ok := nearest.Of(name, fieldNames[:]); ok {
		return "; did you mean " + quote.Text(known) + "?"
	}
	return "; the names are " + strings.Join(fieldNames[:], ", ")
}

// element is the key of an element of an array.
func element(i int) string { return `"` + strconv.Itoa(i) + `"` }
