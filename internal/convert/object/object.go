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

// Element is the path of element i of the list at path.
func Element(path []string, i int) []string {
	return Below(path, strconv.Itoa(i))
}

// Below is the path of a member of the object at path.
func Below(path []string, name string) []string {
	return append(path[:len(path):len(path)], name)
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
