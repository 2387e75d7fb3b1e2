// SPDX-License-Identifier: Apache-2.0

// Package cloudformation imports CloudFormation templates, written by hand or by the CDK: gateway responses that are resources
// of their own, and those in the body of a REST API.
//
// A template is evaluated as far as its values are known: parameters by what the person gives or by their defaults, conditions,
// mappings and functions by them. What is known only after a deployment is a value of kind tree.Unknown, and a loss where a
// gateway response needs it.
package cloudformation

import (
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// Template is one template.
type Template struct {
	root *tree.Node
	apis *restapi.Collection
	// prefix tells the resources of several templates apart.
	prefix string

	given map[string]string
	// parameters are the values of those that were asked for, conditions what became of those: a verdict is nil while it is
	// looked for.
	parameters map[string]*tree.Node
	conditions map[string]*verdict
	// open is how many conditions are being looked at.
	open int
	// left is how many bytes functions may still make. What is evaluated counts, too.
	left int
}

// maxOpen is how many conditions may name each other in a row.
const maxOpen = 1000

// maxMade is how many bytes the functions of a template may make together, 16 MiB: few of them can make much out of little, or
// have much done for nothing.
const maxMade = 16 << 20

// evaluation is how many bytes a value that is evaluated counts for, so that they are 2 million at most: a template of AWS has 1 MB.
const evaluation = 8

// element is how many bytes an element of a list that a function makes counts for: it takes memory even when it is empty.
const element = 64

// isTemplate reports whether a document is a template: it has resources with types, or says so.
func isTemplate(document *tree.Node) bool {
	for _, resource := range members(document.Get("Resources")) {
		if resource.Value.Get("Type").Is(tree.String) {
			return true
		}
	}
	return document.Get("AWSTemplateFormatVersion") != nil || document.Get("Transform") != nil && document.Get("Resources") != nil
}

// newTemplate begins to read a template into apis.
func newTemplate(root *tree.Node, apis *restapi.Collection, prefix string, options convert.Options) *Template {
	return &Template{
		root: root, apis: apis, prefix: prefix, given: options.Parameters,
		parameters: map[string]*tree.Node{}, conditions: map[string]*verdict{}, left: maxMade,
	}
}

// Resource is a resource that the template makes.
type Resource struct {
	// ID is its logical id.
	ID string
	// Type is what it is, "AWS::ApiGateway::Stage".
	Type string
	// Properties are as written: see Template.Value.
	Properties *tree.Node
	Place      tree.Place
	// Path leads to the properties.
	Path string
}

// Resources are the resources of the template without those whose condition does not hold.
func (t *Template) Resources() []Resource {
	var found []Resource
	t.includes()
	for _, m := range members(t.root.Get("Resources")) {
		if t.isMacro(m, "Resources.") {
			continue
		}
		if name := m.Value.Get("Condition").Value(); name != "" {
			switch v := t.condition(name); {
			case v.unknown != "":
				t.apis.Lose(m.Value.Get("Condition").Place, "Resources."+m.Key+".Condition", "the resource is taken, though it is not known whether it is made: %s", v.unknown)
			case !v.holds:
				continue
			}
		}
		found = append(found, Resource{
			ID: m.Key, Type: m.Value.Get("Type").Value(), Properties: m.Value.Get("Properties"),
			Place: m.Place, Path: "Resources." + m.Key + ".Properties",
		})
	}
	return found
}

// includes finds what the whole template includes.
func (t *Template) includes() {
	transforms := t.root.Get("Transform")
	for _, n := range append([]*tree.Node{transforms, t.root.Get("Fn::Transform")}, transforms.List()...) {
		if n.Get("Name").Value() == "AWS::Include" {
			t.apis.Lose(n.Place, "Transform", "the macro is not run: %s", transform(n))
		}
	}
}

// isMacro reports whether a member is none, but a call of a macro or a loop that AWS puts something in the place of. That is lost.
func (t *Template) isMacro(m tree.Member, path string) bool {
	switch {
	case m.Key == "Fn::Transform":
		t.apis.Lose(m.Place, path+m.Key, "the macro is not run: %s", transform(m.Value))
	case strings.HasPrefix(m.Key, "Fn::ForEach::"):
		t.apis.Lose(m.Place, path+quote.Shorten(m.Key), "the loop is not run")
	default:
		return false
	}
	return true
}

// Property is the value of a property, nil without one.
func (t *Template) Property(r Resource, keys ...string) *tree.Node {
	return t.Value(t.Written(r, keys...))
}

// Written is a property as it is written: a function in the last place is not called.
func (t *Template) Written(r Resource, keys ...string) *tree.Node {
	n := r.Properties
	for _, key := range keys {
		if name, _ := call(n); name != "" {
			n = t.Value(n)
		}
		n = n.Get(key)
	}
	return n
}

// API is the API that a property names: by a reference to a resource, by an identifier, or by the name of what leads to it, such
// as a parameter without a value or a resource of another template.
func (t *Template) API(n *tree.Node, at tree.Place) *restapi.API {
	name := target(n)
	if t.root.Get("Resources", name) == nil {
		if id := t.Value(n).Value(); id != "" {
			name = id
		}
	}
	if name == "" {
		name = "api"
	}
	return t.apis.API(t.prefix+name, name, at)
}

// target is the logical id of the resource that a value names: the id of an API is what a reference to it is.
func target(n *tree.Node) string {
	name, argument := call(n)
	switch name {
	case "Ref":
		return argument.Value()
	case "Fn::GetAtt":
		resource, _ := attribute(argument)
		return resource
	case "Fn::Sub":
		if parts := substitutions(argument.Value()); len(parts) == 1 && parts[0].name != "" {
			resource, _, _ := cutAttribute(parts[0].name)
			return resource
		}
	}
	return ""
}

// members are those of an object, of a key that stands twice the last one.
func members(n *tree.Node) []tree.Member {
	last, _ := n.Last()
	return last
}

// Root is the template itself.
func (t *Template) Root() *tree.Node { return t.root }

// Raise notes that the template has a feature.
func (t *Template) Raise(f restapi.Feature, at tree.Place) { t.apis.Raise(f, at) }
