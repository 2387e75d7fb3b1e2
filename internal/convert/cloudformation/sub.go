// SPDX-License-Identifier: Apache-2.0

package cloudformation

import (
	"strings"

	"gatewayresponses/internal/convert/tree"
)

// part is a part of the text of Fn::Sub: a text, or the name between ${ and }.
type part struct{ text, name string }

// substitutions cuts the text of Fn::Sub. ${!NAME} is the text ${NAME}.
func substitutions(s string) []part {
	var parts []part
	for s != "" {
		before, after, found := strings.Cut(s, "${")
		name, rest, closed := strings.Cut(after, "}")
		if before != "" || !found || !closed {
			if !found || !closed {
				return append(parts, part{text: s})
			}
			parts = append(parts, part{text: before})
		}
		if literal, ok := strings.CutPrefix(name, "!"); ok {
			parts = append(parts, part{text: "${" + literal + "}"})
		} else {
			parts = append(parts, part{name: strings.TrimSpace(name)})
		}
		s = rest
	}
	return parts
}

// sub is Fn::Sub: a string, or [string, {name: value}].
func (t *Template) sub(argument *tree.Node, at tree.Place) *tree.Node {
	text, names := argument, (*tree.Node)(nil)
	if elements := argument.List(); len(elements) == 2 {
		text, names = elements[0], elements[1]
	}
	return t.withText(text, at, func(s string) *tree.Node {
		var b strings.Builder
		for _, p := range substitutions(s) {
			if p.name == "" {
				b.WriteString(p.text)
				continue
			}
			value := t.named(p.name, names, at)
			if value.Is(tree.Unknown) {
				return value
			}
			text, ok := value.Scalar()
			if !ok {
				return malformed(at, "a string for ${"+p.name+"}")
			}
			b.WriteString(text)
			if b.Len() > t.left {
				break
			}
		}
		return t.text(b.String(), at)
	})
}

// named is the value of a name in the text of Fn::Sub.
func (t *Template) named(name string, names *tree.Node, at tree.Place) *tree.Node {
	if value := names.Get(name); value != nil {
		return t.Value(value)
	}
	if resource, attribute, found := cutAttribute(name); found {
		return unknown(at, "attribute "+attribute+" of resource "+resource+" is known after the deployment")
	}
	return t.reference(name, at)
}
