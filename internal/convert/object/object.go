// SPDX-License-Identifier: Apache-2.0

// Package object holds JSON values that are made of other people's files: their keys are in order, and each member remembers
// the place that it comes from.
//
// It writes them in three ways: as the one line that the engine reads, with the place of every member (Compact); as JSON for
// people (Indent); and as YAML, where comments may stand in front of members (YAML).
package object

import (
	"encoding/json"
	"strconv"
	"strings"

	"gatewayresponses/internal/convert/tree"
)

// Object is an object, its members in order.
type Object []Member

// Member is one member. Value is a string, an int, a json.Number, a bool, nil, an Object or a List.
type Member struct {
	Name  string
	Value any
	// From is the place in the source that says so.
	From tree.Place
}

// List is an array.
type List []any

// Set adds a member, or replaces the value of the one of its name.
func (o *Object) Set(name string, value any, from tree.Place) {
	for i := range *o {
		if (*o)[i].Name == name {
			(*o)[i] = Member{name, value, from}
			return
		}
	}
	*o = append(*o, Member{name, value, from})
}

// Get is the value of a member, nil without one.
func (o Object) Get(name string) any {
	for _, m := range o {
		if m.Name == name {
			return m.Value
		}
	}
	return nil
}

// Spot is where the name of a member stands in a text made by Compact.
type Spot struct {
	Offset int
	Path   []string
	From   tree.Place
}

// Element is the path of element i of the list at path.
func Element(path []string, i int) []string {
	return Below(path, strconv.Itoa(i))
}

// Below is the path of a member of the object at path.
func Below(path []string, name string) []string {
	return append(path[:len(path):len(path)], name)
}

// compact writes one line.
type compact struct {
	text  []byte
	spots []Spot
}

// Compact writes an object as one line of JSON. The spots of its members, and of theirs, come in the order of the text.
func (o Object) Compact() (text []byte, spots []Spot) {
	var c compact
	c.object(o, nil)
	return c.text, c.spots
}

func (c *compact) object(o Object, path []string) {
	c.text = append(c.text, '{')
	for i, m := range o {
		if i > 0 {
			c.text = append(c.text, ',')
		}
		below := Below(path, m.Name)
		c.spots = append(c.spots, Spot{len(c.text), below, m.From})
		c.text = append(appendQuoted(c.text, m.Name), ':')
		c.value(m.Value, below)
	}
	c.text = append(c.text, '}')
}

func (c *compact) value(value any, path []string) {
	switch v := value.(type) {
	case Object:
		c.object(v, path)
	case List:
		c.text = append(c.text, '[')
		for i, element := range v {
			if i > 0 {
				c.text = append(c.text, ',')
			}
			c.value(element, Element(path, i))
		}
		c.text = append(c.text, ']')
	default:
		c.text = appendScalar(c.text, v)
	}
}

// Indent writes a value as JSON for people: two spaces a level, each line but the first behind prefix.
func Indent(value any, prefix, indent string) []byte {
	return appendIndented(nil, value, prefix, indent)
}

func appendIndented(b []byte, value any, prefix, indent string) []byte {
	below := prefix + indent
	switch v := value.(type) {
	case Object:
		if len(v) == 0 {
			return append(b, "{}"...)
		}
		b = append(b, '{')
		for i, m := range v {
			b = append(separated(b, i, below), appendQuoted(nil, m.Name)...)
			b = appendIndented(append(b, ": "...), m.Value, below, indent)
		}
		return append(append(append(b, '\n'), prefix...), '}')
	case List:
		if len(v) == 0 {
			return append(b, "[]"...)
		}
		b = append(b, '[')
		for i, element := range v {
			b = appendIndented(separated(b, i, below), element, below, indent)
		}
		return append(append(append(b, '\n'), prefix...), ']')
	default:
		return appendScalar(b, v)
	}
}

// separated begins the line of member or element i.
func separated(b []byte, i int, prefix string) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(append(b, '\n'), prefix...)
}

// appendScalar appends what is no object and no list.
func appendScalar(b []byte, value any) []byte {
	if s, ok := value.(string); ok {
		return appendQuoted(b, s)
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // an int or a bool
	}
	return append(b, text...)
}

// appendQuoted appends a string of JSON that is one of YAML as well: "<" stays readable, and what YAML does not print is
// escaped.
func appendQuoted(b []byte, s string) []byte {
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string has a JSON text
	}
	for _, r := range strings.TrimSuffix(text.String(), "\n") {
		if isControl(r) {
			b = append(b, `\u`...)
			for shift := 12; shift >= 0; shift -= 4 {
				b = append(b, "0123456789abcdef"[r>>shift&0xf])
			}
			continue
		}
		b = append(b, string(r)...)
	}
	return b
}

// isControl reports whether YAML 1.2 (section 5.1) takes r, which JSON prints, for no printable character.
func isControl(r rune) bool {
	return r >= 0x7F && r < 0xA0 || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
}

// MarshalJSON writes the object with its members in order.
func (o Object) MarshalJSON() ([]byte, error) {
	text, _ := o.Compact()
	return text, nil
}

// Line is a value as one line of JSON.
func Line(value any) []byte {
	var c compact
	c.value(value, nil)
	return c.text
}

// Of is the value of a node. It is the first node below n that has none instead, when there is one.
func Of(n *tree.Node) (value any, unknown *tree.Node) {
	switch {
	case n == nil:
		return nil, nil
	case n.Kind == tree.Object:
		made := Object{}
		for _, m := range n.Members {
			value, unknown := Of(m.Value)
			if unknown != nil {
				return nil, unknown
			}
			made = append(made, Member{m.Key, value, m.Place})
		}
		return made, nil
	case n.Kind == tree.List:
		made := List{}
		for _, element := range n.Elements {
			value, unknown := Of(element)
			if unknown != nil {
				return nil, unknown
			}
			made = append(made, value)
		}
		return made, nil
	case n.Kind == tree.Unknown:
		return nil, n
	case n.Kind == tree.Number:
		return json.Number(n.Text), nil
	case n.Kind == tree.Boolean:
		return n.True(), nil
	case n.Kind == tree.Null:
		return nil, nil
	default:
		return n.Text, nil
	}
}
