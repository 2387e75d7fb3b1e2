// SPDX-License-Identifier: Apache-2.0

package openapi

import (
	"errors"
	"fmt"
	"strings"

	"gatewayresponses/internal/convert/insert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

var errNoRoutes = errors.New("the document has no routes")

// noRoute is the error for a route that the document does not have.
func noRoute(name string, names []string) error {
	return fmt.Errorf("there is no route %s; the document has %s", quote.Text(name), strings.Join(names, ", "))
}

// Into is the text of an OpenAPI file with the extension in it, every other byte as it was.
func Into(file *tree.File, extension object.Object) (string, error) {
	for i, document := range file.Documents {
		if Is(document) {
			return insert.Set(file, i, Extension, extension, sameResponse)
		}
	}
	return "", fmt.Errorf("%s: this is no OpenAPI file: it has neither openapi nor swagger at its root", file.Name)
}

// sameResponse reports whether a gateway response of a file says the same as a wanted one: a status may be a number, and an empty
// map says nothing.
func sameResponse(there *tree.Node, wanted any) bool {
	entry, _ := wanted.(object.Object)
	switch {
	case there.Kind == tree.Null:
		return len(entry) == 0
	case there.Kind != tree.Object:
		return false
	}
	members, repeated := there.Last()
	if len(repeated) > 0 {
		return false
	}
	for _, m := range members {
		if entry.Get(m.Key) == nil && !saysNothing(m.Value) && !strings.HasPrefix(m.Key, "x-") {
			return false
		}
	}
	for _, m := range entry {
		if !samePart(there.Get(m.Name), m.Value) {
			return false
		}
	}
	return true
}

// saysNothing reports whether the value of a key is as good as none.
func saysNothing(n *tree.Node) bool {
	text, scalar := n.Scalar()
	return n.Kind == tree.Null || n.Kind == tree.Object && len(n.Members) == 0 || scalar && text == ""
}

// samePart compares a status, the mappings or the templates.
func samePart(there *tree.Node, wanted any) bool {
	maps, ok := wanted.(object.Object)
	if !ok {
		text, scalar := there.Scalar()
		return scalar && text == wanted
	}
	if there == nil || there.Kind == tree.Null {
		return len(maps) == 0
	}
	members, repeated := there.Last()
	if there.Kind != tree.Object || len(repeated) > 0 || len(members) != len(maps) {
		return false
	}
	for _, m := range maps {
		if text, scalar := there.Get(m.Name).Scalar(); !scalar || text != m.Value {
			return false
		}
	}
	return true
}
