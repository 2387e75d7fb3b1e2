// SPDX-License-Identifier: Apache-2.0

package cloudformation

import (
	"encoding/base64"
	"strconv"
	"strings"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// apply calls a function.
func (t *Template) apply(name string, argument *tree.Node, at tree.Place) *tree.Node {
	switch name {
	case "Ref":
		return t.reference(argument.Value(), at)
	case "Fn::Sub":
		return t.sub(argument, at)
	case "Fn::Join":
		return t.join(argument, at)
	case "Fn::If":
		return t.choose(argument, at)
	case "Fn::FindInMap":
		return t.findInMap(argument, at)
	case "Fn::Select":
		return t.pick(argument, at)
	case "Fn::Split":
		return t.split(argument, at)
	case "Fn::Base64":
		return t.withText(argument, at, func(s string) *tree.Node { return t.text(base64.StdEncoding.EncodeToString([]byte(s)), at) })
	case "Fn::ToJsonString":
		return t.jsonText(argument, at)
	case "Fn::GetAtt":
		resource, attribute := attribute(argument)
		return unknown(at, "attribute "+attribute+" of resource "+resource+" is known after the deployment")
	case "Fn::Transform":
		return unknown(at, transform(argument))
	default:
		return unknown(at, "what "+quote.Shorten(name)+" gives is not known outside of AWS")
	}
}

// arguments are the elements of a list of arguments, at least n of them.
func (t *Template) arguments(argument *tree.Node, n int) ([]*tree.Node, bool) {
	list := argument
	if name, _ := call(argument); name != "" {
		list = t.Value(argument)
	}
	if !list.Is(tree.List) || len(list.Elements) < n {
		return nil, false
	}
	return list.Elements, true
}

// malformed is the value of a function that is called in a way that CloudFormation does not take.
func malformed(at tree.Place, want string) *tree.Node { return unknown(at, "the function wants "+want) }

// withText calls f with a string, or passes on why it is not known.
func (t *Template) withText(n *tree.Node, at tree.Place, f func(string) *tree.Node) *tree.Node {
	value := t.Value(n)
	if value.Is(tree.Unknown) {
		return value
	}
	text, ok := value.Scalar()
	if !ok {
		return malformed(at, "a string")
	}
	return f(text)
}

// withList calls f with the two arguments of a function, a string and a list, or passes on why one is not known.
func (t *Template) withList(argument *tree.Node, at tree.Place, want string, f func(text string, list []*tree.Node) *tree.Node) *tree.Node {
	arguments, ok := t.arguments(argument, 2)
	if !ok {
		return malformed(at, want)
	}
	values := t.Value(arguments[1])
	if values.Is(tree.Unknown) {
		return values
	}
	return t.withText(arguments[0], at, func(text string) *tree.Node { return f(text, values.List()) })
}

// join is Fn::Join: [delimiter, [values]].
func (t *Template) join(argument *tree.Node, at tree.Place) *tree.Node {
	return t.withList(argument, at, "a delimiter and a list", func(delimiter string, values []*tree.Node) *tree.Node {
		var texts []string
		size := 0
		for _, value := range values {
			if value.Kind == tree.Unknown {
				return value
			}
			text, ok := value.Scalar()
			if !ok {
				return malformed(at, "a list of strings")
			}
			if size += len(text) + len(delimiter); size > t.left {
				return t.tooMuch(at)
			}
			texts = append(texts, text)
		}
		return t.text(strings.Join(texts, delimiter), at)
	})
}

// choose is Fn::If: [condition, then, else].
func (t *Template) choose(argument *tree.Node, at tree.Place) *tree.Node {
	arguments, ok := t.arguments(argument, 3)
	if !ok {
		return malformed(at, "a condition and two values")
	}
	switch v := t.condition(arguments[0].Value()); {
	case v.unknown != "":
		return unknown(at, v.unknown)
	case v.holds:
		return t.Value(arguments[1])
	default:
		return t.Value(arguments[2])
	}
}

// findInMap is Fn::FindInMap: [mapping, first key, second key], and perhaps {DefaultValue}.
func (t *Template) findInMap(argument *tree.Node, at tree.Place) *tree.Node {
	arguments, ok := t.arguments(argument, 3)
	if !ok {
		return malformed(at, "a mapping and two keys")
	}
	n := t.root.Get("Mappings")
	for _, part := range arguments[:3] {
		key := t.Value(part)
		if key.Is(tree.Unknown) {
			return key
		}
		text, _ := key.Scalar()
		if n = n.Get(text); n == nil {
			if len(arguments) > 3 && arguments[3].Get("DefaultValue") != nil {
				return t.Value(arguments[3].Get("DefaultValue"))
			}
			return unknown(at, "the mappings have no "+quote.Text(text)+" there")
		}
	}
	return n
}

// pick is Fn::Select: [index, list].
func (t *Template) pick(argument *tree.Node, at tree.Place) *tree.Node {
	return t.withList(argument, at, "an index and a list", func(index string, values []*tree.Node) *tree.Node {
		i, err := strconv.Atoi(index)
		if err != nil || i < 0 || i >= len(values) {
			return malformed(at, "an index of its list")
		}
		return values[i]
	})
}

// split is Fn::Split: [delimiter, string].
func (t *Template) split(argument *tree.Node, at tree.Place) *tree.Node {
	arguments, ok := t.arguments(argument, 2)
	if !ok {
		return malformed(at, "a delimiter and a string")
	}
	return t.withText(arguments[0], at, func(delimiter string) *tree.Node {
		return t.withText(arguments[1], at, func(s string) *tree.Node {
			list := &tree.Node{Kind: tree.List, Place: at}
			if delimiter == "" {
				return malformed(at, "a delimiter")
			}
			if t.left -= len(s) + element*strings.Count(s, delimiter); t.left < 0 {
				return t.tooMuch(at)
			}
			for part := range strings.SplitSeq(s, delimiter) {
				list.Elements = append(list.Elements, &tree.Node{Kind: tree.String, Text: part, Place: at})
			}
			return list
		})
	})
}

// jsonText is Fn::ToJsonString: a value as JSON.
func (t *Template) jsonText(argument *tree.Node, at tree.Place) *tree.Node {
	value, hidden := object.Of(t.Value(argument))
	if hidden != nil {
		return hidden
	}
	return t.text(string(object.Line(value)), at)
}

// attribute is the resource and the attribute that Fn::GetAtt names: [resource, attribute] or "resource.attribute".
func attribute(n *tree.Node) (resource, attribute string) {
	if elements := n.List(); len(elements) == 2 {
		return elements[0].Value(), elements[1].Value()
	}
	resource, attribute, _ = cutAttribute(n.Value())
	return resource, attribute
}

func cutAttribute(name string) (resource, attribute string, found bool) {
	return strings.Cut(name, ".")
}

// transform says what a macro would have done.
func transform(n *tree.Node) string {
	name := n.Get("Name").Value()
	location, _ := n.Get("Parameters", "Location").Scalar()
	if name == "AWS::Include" {
		return "AWS::Include of " + quote.Text(location) + ", which is not in the template"
	}
	return quote.Text(name) + " runs in AWS"
}
