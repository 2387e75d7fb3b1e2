// SPDX-License-Identifier: Apache-2.0

package envoyformat

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/jsonwrite"
)

// JSON is a json_format as a template. Envoy sorts the keys, a value that is one operator alone keeps its type, and a line end stands
// behind the object. body is what a mapper makes the body, nil for Envoy's own.
func JSON(format *tree.Node, body *string) (text string, lost []string) {
	b := jsonWriter{body: body}
	b.value(format)
	b.WriteByte('\n')
	return b.String(), b.lost
}

// jsonWriter writes a json_format as a template.
type jsonWriter struct {
	strings.Builder
	body *string
	lost []string
}

// value writes a value.
func (b *jsonWriter) value(n *tree.Node) {
	switch {
	case n == nil || n.Kind == tree.Null || n.Kind == tree.Unknown:
		b.WriteString("null")
	case n.Kind == tree.Object:
		members, _ := n.Last()
		members = slices.Clone(members)
		slices.SortStableFunc(members, func(x, y tree.Member) int { return strings.Compare(x.Key, y.Key) })
		b.WriteByte('{')
		for i, m := range members {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + inner(m.Key) + `":`)
			b.value(m.Value)
		}
		b.WriteByte('}')
	case n.Kind == tree.List:
		b.WriteByte('[')
		for i, element := range n.Elements {
			if i > 0 {
				b.WriteByte(',')
			}
			b.value(element)
		}
		b.WriteByte(']')
	case n.Kind == tree.String:
		b.text(n.Text)
	case n.Kind == tree.Number && json.Valid([]byte(n.Text)), n.Kind == tree.Boolean:
		text := n.Text
		if n.Kind == tree.Boolean {
			text = strings.ToLower(text)
		}
		b.WriteString(text)
	default:
		b.WriteString(jsonwrite.String(n.Text))
	}
}

// text writes a string: a variable alone where it is one operator, else a string of JSON with variables in it. The body is always a
// string: of a reply without one Envoy makes "", where a variable alone would be null.
func (b *jsonWriter) text(format string) {
	if whole := operator.FindString(format); whole == format && whole != "%%" && whole != "" && whole != BodyOperator {
		variable, lost := replace(format, "application/json")
		b.lost = append(b.lost, lost...)
		b.WriteString(cmp.Or(variable, "null"))
		return
	}
	b.WriteByte('"')
	last := 0
	for _, m := range operator.FindAllStringIndex(format, -1) {
		b.WriteString(inner(format[last:m[0]]))
		last = m[1]
		if b.isBody(format[m[0]:m[1]]) {
			b.WriteString(inner(*b.body))
			continue
		}
		variable, lost := replace(format[m[0]:m[1]], "application/json")
		b.lost = append(b.lost, lost...)
		b.WriteString(variable)
	}
	b.WriteString(inner(format[last:]) + `"`)
}

// BodyOperator stands in formats for the body.
const BodyOperator = "%LOCAL_REPLY_BODY%"

// isBody reports whether an operator stands for a body that is known.
func (b *jsonWriter) isBody(operator string) bool { return b.body != nil && operator == BodyOperator }

// inner is a text as the content of a string of JSON, in a template.
func inner(text string) string {
	literal := jsonwrite.String(text)
	return Literal(literal[1:len(literal)-1], "application/json")
}
