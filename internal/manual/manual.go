// SPDX-License-Identifier: Apache-2.0

// Package manual finds the keys of the format, as config's manual has them, along the values of a document.
//
// It is for tools that go through a document without compiling it: which order do keys have, which type does a value need, since
// which version is a key read. What is wrong with a document is for config to say, so a key that does not exist is just not
// found.
package manual

import (
	"encoding/json"
	"slices"
	"strings"

	"gatewayresponses/config"
)

// Place is a place in a document: an object of the format, a map whose keys the owner chooses, a list, or something else.
type Place struct {
	// path leads to the place from the root, with TYPE for a type and [] for an element.
	path string
	// key is the key whose value stands here, nil where the owner chose the key.
	key *config.Key
}

// Root is the document.
func Root() Place { return Place{} }

// objects are the objects of the manual by their paths.
var objects = func() map[string]*config.Object {
	all := map[string]*config.Object{}
	for _, object := range config.Objects() {
		all[object.Path] = &object
	}
	return all
}()

// Owners are the paths of the objects that have a key.
func Owners(key string) []string {
	var paths []string
	for _, object := range config.Objects() {
		if slices.ContainsFunc(object.Keys, func(k config.Key) bool { return k.Name == key }) {
			paths = append(paths, object.Path)
		}
	}
	return paths
}

// typePath stands for the type of an entry in the paths of the manual.
const (
	entries  = "gatewayResponses"
	typePath = entries + ".TYPE"
	route    = "routes[]."
)

// Object reports whether the keys of the place are those of the format.
func (p Place) Object() bool { return objects[p.path] != nil }

// Types reports whether the keys of the place are types of errors.
func (p Place) Types() bool { return p.path == entries }

// Extensions reports whether the place may hold $schema and keys that begin with x-, which nobody reads.
func (p Place) Extensions() bool {
	object := objects[p.path]
	return object != nil && object.Extensions
}

// Keys are the keys of the place in the order of the manual, nil where the owner chooses them.
func (p Place) Keys() []config.Key {
	if object := objects[p.path]; object != nil {
		return object.Keys
	}
	return nil
}

// Order is the place of a key among those of its object, behind all of them for one that the format does not have.
func (p Place) Order(name string) int {
	keys := p.Keys()
	if i := slices.IndexFunc(keys, func(key config.Key) bool { return key.Name == name }); i >= 0 {
		return i
	}
	return len(keys)
}

// Member is the place of the member called name.
func (p Place) Member(name string) Place {
	if p.path == entries {
		return Place{path: typePath}
	}
	child := Place{path: name}
	if p.path != "" {
		child.path = p.path + "." + name
	}
	keys := p.Keys()
	if i := p.Order(name); i < len(keys) {
		child.key = &keys[i]
	}
	child.path = shared(child.path)
	return child
}

// Element is the place of the elements of a list.
func (p Place) Element() Place { return Place{path: shared(p.path + "[]")} }

// shared is the path of the object in the manual that stands in several places.
func shared(path string) string {
	if of := strings.TrimPrefix(path, route); of != path && (of == entries || objects[of] != nil) {
		return of
	}
	if of := strings.TrimSuffix(path, ".responseHeaders[]"); of != path {
		return of + ".requestHeaders[]"
	}
	return path
}

// Key is the manual of the key whose value stands here, nil where the owner chose the key, and in lists.
func (p Place) Key() *config.Key { return p.key }

// TakesText reports whether the value here can be a string: a key that takes one, and every value whose key the owner chose.
func (p Place) TakesText() bool {
	if p.key == nil {
		return !p.Object()
	}
	var schema schema
	if err := json.Unmarshal([]byte(p.key.Type.Schema), &schema); err != nil {
		panic("the manual of " + p.path + ": " + err.Error()) // a test of config holds that it is JSON
	}
	return schema.takesText()
}

// schema is as much of a JSON Schema as says whether it takes strings.
type schema struct {
	Type    any      `json:"type"`
	Pattern string   `json:"pattern"`
	Enum    []any    `json:"enum"`
	AnyOf   []schema `json:"anyOf"`
	OneOf   []schema `json:"oneOf"`
	Ref     string   `json:"$ref"`
}

func (s schema) takesText() bool {
	if s.Type == "string" || s.Pattern != "" || slices.ContainsFunc(s.Enum, isText) {
		return true
	}
	if name := strings.TrimPrefix(s.Ref, "#/$defs/"); name != s.Ref {
		return !slices.ContainsFunc(config.Objects(), func(object config.Object) bool { return object.Name == name }) && name != "metadata"
	}
	return slices.ContainsFunc(append(s.AnyOf, s.OneOf...), schema.takesText)
}

func isText(value any) bool {
	_, ok := value.(string)
	return ok
}
