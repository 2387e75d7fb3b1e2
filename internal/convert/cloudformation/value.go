// SPDX-License-Identifier: Apache-2.0

package cloudformation

import (
	"strings"

	"gatewayresponses/internal/convert/tree"
)

// noValue is the pseudo parameter that takes a property away.
const noValue = "AWS::NoValue"

// tags are the short forms of functions in YAML that are not "!" and the name without "Fn::".
var tags = map[string]string{"!Ref": "Ref", "!Condition": "Condition"}

// call is the function that a value calls, in its long form or as a tag of YAML, with its argument; "" for any other value.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
func call(n *tree.Node) (name string, argument *tree.Node) {
	switch {
	case n == nil:
		return "", nil
	case n.Tag != "":
		if name = tags[n.Tag]; name == "" {
			name = "Fn::" + strings.TrimPrefix(n.Tag, "!")
		}
		bare := *n
		bare.Tag = ""
		return name, &bare
	case n.Kind == tree.Object && len(n.Members) == 1:
		if key := n.Members[0].Key; key == "Ref" || strings.HasPrefix(key, "Fn::") {
			return key, n.Members[0].Value
		}
	}
	return "", nil
}

// Value is a value with all its functions evaluated; nil for what AWS::NoValue takes away.
func (t *Template) Value(n *tree.Node) *tree.Node {
	if n == nil {
		return nil
	}
	if t.left -= evaluation; t.left < 0 {
		return t.tooMuch(n.Place)
	}
	if name, argument := call(n); name != "" {
		return t.apply(name, argument, n.Place)
	}
	switch n.Kind {
	case tree.Object:
		return t.object(n)
	case tree.List:
		return t.list(n)
	default:
		return n
	}
}

func (t *Template) object(n *tree.Node) *tree.Node {
	made := &tree.Node{Kind: tree.Object, Place: n.Place}
	for _, m := range n.Members {
		if t.isMacro(m, "") {
			continue
		}
		if value := t.Value(m.Value); value != nil {
			made.Members = append(made.Members, tree.Member{Key: m.Key, Place: m.Place, Value: value})
		}
	}
	return made
}

func (t *Template) list(n *tree.Node) *tree.Node {
	made := &tree.Node{Kind: tree.List, Place: n.Place}
	for _, element := range n.Elements {
		if value := t.Value(element); value != nil {
			made.Elements = append(made.Elements, value)
		}
	}
	return made
}

// text is a string that a function made.
func (t *Template) text(s string, at tree.Place) *tree.Node {
	if t.left -= len(s); t.left < 0 {
		return t.tooMuch(at)
	}
	return &tree.Node{Kind: tree.String, Text: s, Place: at}
}

// tooMuch is what functions make from now on.
func (t *Template) tooMuch(at tree.Place) *tree.Node {
	t.left = -1
	return unknown(at, "the functions of the template make more than 16 MiB")
}

// unknown is a value that is not known, and why.
func unknown(at tree.Place, why string) *tree.Node {
	return &tree.Node{Kind: tree.Unknown, Text: why, Place: at}
}

// reference is the value of a parameter or pseudo parameter, or of a reference to a resource.
func (t *Template) reference(name string, at tree.Place) *tree.Node {
	if name == noValue {
		return nil
	}
	value, known := t.parameters[name]
	if !known {
		value = t.find(name)
		t.parameters[name] = value
	}
	if value.Kind != tree.String {
		moved := *value
		moved.Place = at
		return &moved
	}
	return t.text(value.Text, at)
}

// find looks up what a reference names.
func (t *Template) find(name string) *tree.Node {
	declared := t.root.Get("Parameters", name)
	var at tree.Place
	if declared != nil {
		at = declared.Place
	}
	kind := declared.Get("Type").Value()
	text, given := t.given[name]
	switch {
	case given:
	case strings.HasPrefix(name, "AWS::"):
		return unknown(at, name+" is known when the stack is made; give it with --parameter "+name+"=VALUE")
	case t.root.Get("Resources", name) != nil:
		return unknown(at, "the name of resource "+name+" is known after the deployment")
	case declared == nil:
		return unknown(at, "the template has no parameter and no resource "+name)
	case strings.HasPrefix(kind, "AWS::SSM::"):
		return unknown(at, "parameter "+name+" comes from the Parameter Store; give it with --parameter "+name+"=VALUE")
	default:
		var ok bool
		if text, ok = declared.Get("Default").Scalar(); !ok {
			return unknown(at, "parameter "+name+" has no value; give it with --parameter "+name+"=VALUE")
		}
	}
	if kind == "CommaDelimitedList" || strings.HasPrefix(kind, "List<") {
		list := &tree.Node{Kind: tree.List, Place: at}
		if t.left -= element * strings.Count(text, ","); t.left < 0 {
			return t.tooMuch(at)
		}
		for element := range strings.SplitSeq(text, ",") {
			list.Elements = append(list.Elements, t.text(strings.TrimSpace(element), at))
		}
		return list
	}
	return &tree.Node{Kind: tree.String, Text: text, Place: at}
}
