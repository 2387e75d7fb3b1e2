// SPDX-License-Identifier: Apache-2.0

package envoyformat

import (
	"encoding/json"
	"slices"
	"strings"

	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/jsonwrite"
)

// JSON is a json_format as a template. Envoy sorts the keys, and a value that is one operator alone keeps its type.
func JSON(format *tree.Node) (text string, lost []string) {
	var b strings.Builder
	writeJSON(&b, format, &lost)
	return b.String(), lost
}

// writeJSON writes a value.
func writeJSON(b *strings.Builder, n *tree.Node, lost *[]string) {
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
			writeJSON(b, m.Value, lost)
		}
		b.WriteByte('}')
	case n.Kind == tree.List:
		b.WriteByte('[')
		for i, element := range n.Elements {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, element, lost)
		}
		b.WriteByte(']')
	case n.Kind == tree.String:
		text, more := inString(n.Text)
		*lost = append(*lost, more...)
		b.WriteString(text)
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

// inString is a string of a json_format: a variable alone where it is one operator, else a string of JSON with variables in it.
func inString(format string) (text string, lost []string) {
	if whole := operator.FindString(format); whole == format && whole != "%%" && whole != "" {
		text, lost = replace(format, "application/json")
		if text == "" {
			return "null", lost
		}
		return text, lost
	}
	var b strings.Builder
	b.WriteByte('"')
	last := 0
	for _, m := range operator.FindAllStringIndex(format, -1) {
		b.WriteString(inner(format[last:m[0]]))
		variable, more := replace(format[m[0]:m[1]], "application/json")
		lost = append(lost, more...)
		b.WriteString(variable)
		last = m[1]
	}
	b.WriteString(inner(format[last:]) + `"`)
	return b.String(), lost
}

// inner is a text as the content of a string of JSON, in a template.
func inner(text string) string {
	literal := jsonwrite.String(text)
	return Literal(literal[1:len(literal)-1], "application/json")
}
