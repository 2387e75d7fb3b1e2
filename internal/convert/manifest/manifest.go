// SPDX-License-Identifier: Apache-2.0

// Package manifest finds the objects of Kubernetes in a source.
package manifest

import (
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/tree"
)

// Object is an object of Kubernetes.
type Object struct {
	Kind, Namespace, Name string
	// Node is the object itself.
	Node *tree.Node
}

// All are the objects of a source, those of lists among them, in order.
func All(source *convert.Source) []Object {
	var all []Object
	for _, document := range source.Documents() {
		all = add(all, document)
	}
	return all
}

// add adds an object, or those that a list holds. A list in a list is none of Kubernetes.
func add(all []Object, node *tree.Node) []Object {
	if items := node.Get("items"); items.Is(tree.List) && node.Get("kind") != nil {
		for _, item := range items.Elements {
			all = append(all, object(item))
		}
		return all
	}
	return append(all, object(node))
}

// object reads what names an object.
func object(node *tree.Node) Object {
	return Object{
		Kind: node.Get("kind").Value(), Namespace: node.Get("metadata", "namespace").Value(), Name: node.Get("metadata", "name").Value(), Node: node,
	}
}

// Title is what messages and routes call an object: its name, behind that of its namespace if it has one.
func (o Object) Title() string {
	if o.Namespace == "" {
		return o.Name
	}
	return o.Namespace + "/" + o.Name
}

// Annotation is the value of an annotation and where its key stands; not found without one.
func (o Object) Annotation(key string) (value string, at tree.Place, found bool) {
	m := o.Node.Get("metadata", "annotations").Member(key)
	if m == nil {
		return "", tree.Place{}, false
	}
	value, found = m.Value.Scalar()
	return value, m.Place, found
}

// Index finds objects by kind, namespace and name.
type Index map[[3]string]Object

// NewIndex makes the index of objects. Of several with one name the first one counts.
func NewIndex(all []Object) Index {
	index := Index{}
	for _, o := range all {
		key := [3]string{o.Kind, o.Namespace, o.Name}
		if _, there := index[key]; !there {
			index[key] = o
		}
	}
	return index
}

// Find finds an object.
func (index Index) Find(kind, namespace, name string) (Object, bool) {
	o, found := index[[3]string{kind, namespace, name}]
	return o, found
}
