// SPDX-License-Identifier: Apache-2.0

package object

import (
	"encoding/json"

	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/jsonwrite"
)

// Spot is where the name of a member stands in a text made by Compact.
type Spot struct {
	Offset int
	Path   []string
	From   tree.Place
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
		c.text = append(append(c.text, jsonwrite.String(m.Name)...), ':')
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
			b = append(separated(b, i, below), jsonwrite.String(m.Name)...)
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
		return append(b, jsonwrite.String(s)...)
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // an int or a bool
	}
	return append(b, text...)
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
