// SPDX-License-Identifier: Apache-2.0

package cloudformation

import (
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// verdict is whether a condition holds, or why that is not known.
type verdict struct {
	holds   bool
	unknown string
}

// condition is the verdict on the condition called name. One that is asked for itself has none.
func (t *Template) condition(name string) verdict {
	v, asked := t.conditions[name]
	switch {
	case asked && v == nil:
		return verdict{unknown: "condition " + quote.Text(name) + " depends on itself"}
	case asked:
		return *v
	}
	n := t.root.Get("Conditions", name)
	if n == nil {
		return verdict{unknown: "the template has no condition " + quote.Text(name)}
	}
	if t.open == maxOpen {
		return verdict{unknown: "more than 1,000 conditions name each other in a row"}
	}
	t.conditions[name] = nil
	t.open++
	found := t.judge(n)
	t.open--
	t.conditions[name] = &found
	return found
}

// judge evaluates what a condition says.
func (t *Template) judge(n *tree.Node) verdict {
	name, argument := call(n)
	if name == "" {
		name, argument = "Condition", n.Get("Condition")
	}
	switch name {
	case "Condition":
		return t.condition(argument.Value())
	case "Fn::Equals":
		return t.equals(argument)
	case "Fn::Not":
		v := t.all(argument, true)
		v.holds = !v.holds
		return v
	case "Fn::And":
		return t.all(argument, true)
	case "Fn::Or":
		return t.all(argument, false)
	default:
		return verdict{unknown: "a condition calls " + quote.Text(name)}
	}
}

// all is whether all of several conditions hold, or with want false whether one does. One that decides it is enough.
func (t *Template) all(argument *tree.Node, want bool) verdict {
	result := verdict{holds: want}
	for _, element := range argument.List() {
		switch v := t.judge(element); {
		case v.unknown != "":
			result.unknown = v.unknown
		case v.holds != want:
			return v
		}
	}
	return result
}

// equals compares two values, which are strings.
func (t *Template) equals(argument *tree.Node) verdict {
	elements := argument.List()
	if len(elements) != 2 {
		return verdict{unknown: "Fn::Equals wants two values"}
	}
	var texts [2]string
	for i, element := range elements {
		value := t.Value(element)
		text, ok := value.Scalar()
		if !ok {
			if value.Is(tree.Unknown) {
				return verdict{unknown: value.Text}
			}
			return verdict{unknown: "Fn::Equals wants strings"}
		}
		texts[i] = text
	}
	return verdict{holds: texts[0] == texts[1]}
}
