// SPDX-License-Identifier: Apache-2.0

package source

import (
	"github.com/goccy/go-yaml/ast"
)

// object writes a mapping. What it merges comes behind its own members, and never replaces one of them.
func (w *writer) object(n ast.Node, values []*ast.MappingValueNode) {
	from := w.file.at(n.GetToken())
	if len(values) > 0 && !isFlow(n) {
		from = w.file.at(values[0].Key.GetToken())
	}
	w.mark(from, bare, "")
	w.json = append(w.json, '{')
	first := true
	names := map[string]bool{}
	var merges []*ast.MappingValueNode
	for _, value := range values {
		if _, ok := value.Key.(*ast.MergeKeyNode); ok {
			merges = append(merges, value)
			continue
		}
		first = w.member(value, first, names, false)
	}
	for _, merge := range merges {
		for _, value := range w.merged(merge.Value) {
			first = w.member(value, first, names, true)
		}
	}
	w.json = append(w.json, '}')
}

// isFlow reports whether a mapping is written with brackets.
func isFlow(n ast.Node) bool {
	mapping, ok := n.(*ast.MappingNode)
	return ok && mapping.IsFlowStyle
}

// member writes one member, unless it is merged and there is one of its name.
func (w *writer) member(value *ast.MappingValueNode, first bool, names map[string]bool, merged bool) bool {
	key, at, ok := w.key(value.Key)
	if !ok || merged && names[key] {
		return first
	}
	names[key] = true
	if !first {
		w.json = append(w.json, ',')
	}
	w.text(key, at, styleOf(value.Key))
	w.json = append(w.json, ':')
	w.node(value.Value)
	return false
}

// key is the name of a member, as it was written when it is no string, and where it stands.
func (w *writer) key(n ast.Node) (name string, at int, ok bool) {
	switch k := n.(type) {
	case *ast.MappingKeyNode:
		return w.key(k.Value)
	case *ast.AnchorNode:
		w.anchors[k.Name.GetToken().Value] = k.Value
		return w.key(k.Value)
	case *ast.StringNode:
		return k.Value, w.file.at(k.GetToken()), true
	case *ast.LiteralNode:
		return k.Value.Value, w.file.at(k.GetToken()), true
	case *ast.AliasNode:
		if value, known := w.anchors[k.Value.GetToken().Value]; known {
			return w.key(value)
		}
	case *ast.TagNode:
		return w.key(k.Value)
	case ast.ScalarNode:
		return k.GetToken().Value, w.file.at(k.GetToken()), true
	}
	w.fail(n, "a key is a text; write one in quotes")
	return "", 0, false
}

// merged are the members of what a merge key names: a mapping, or several.
func (w *writer) merged(n ast.Node) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.AliasNode:
		if value, ok := w.anchors[n.Value.GetToken().Value]; ok && value.Type() != ast.AliasType {
			return w.merged(value)
		}
	case *ast.AnchorNode:
		w.anchors[n.Name.GetToken().Value] = n.Value
		return w.merged(n.Value)
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	case *ast.SequenceNode:
		var all []*ast.MappingValueNode
		for _, value := range n.Values {
			if value.Type() == ast.SequenceType {
				w.fail(value, "a merge key takes mappings, or a list of them")
				continue
			}
			all = append(all, w.merged(value)...)
		}
		return all
	}
	w.fail(n, "a merge key takes a mapping, or a list of them")
	return nil
}
