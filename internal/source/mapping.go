// SPDX-License-Identifier: Apache-2.0

package source

import (
	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/code"
)

// mapping reads a mapping. What it merges comes behind its own members, and never replaces one of them.
func (r *reader) mapping(n *yaml.Node, v *Value, depth int) {
	v.Kind = Object
	var merges []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, content := n.Content[i], n.Content[i+1]
		if isMerge(name) {
			merges = append(merges, content)
			continue
		}
		key, of := r.key(name), r.node(content, depth+1)
		if key != nil && of != nil {
			if isNothing(content) {
				// The parser places it behind the comments that follow.
				of.from = key.from
			}
			v.Members = append(v.Members, Member{key, of})
		}
	}
	if len(merges) == 0 {
		return
	}
	names := make(map[string]bool, len(v.Members))
	for _, m := range v.Members {
		names[m.Key.Text] = true
	}
	for _, merge := range merges {
		r.merge(merge, v, names, depth)
	}
}

// isMerge reports whether a key is a merge key (https://yaml.org/type/merge.html).
func isMerge(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "<<" && n.Style == 0
}

// key reads the name of a member, which is what was written when it is no string.
func (r *reader) key(n *yaml.Node) *Value {
	of := n
	if n.Kind == yaml.AliasNode {
		of = n.Alias
	}
	if of.Kind != yaml.ScalarNode {
		r.fail(code.UnknownTag, n, "a key is a text; write one in quotes")
		return nil
	}
	v := &Value{origin: origin{file: r.file, from: r.begin(n)}}
	r.scalar(of, v)
	if n.Anchor != "" {
		anchored := *v
		r.values[n] = &anchored
	}
	v.Kind, v.Text = String, of.Value
	if v.style == bare {
		v.style = plain
	}
	return v
}

// merge adds the members of what a merge key names: a mapping, or a list of them.
func (r *reader) merge(n *yaml.Node, into *Value, names map[string]bool, depth int) {
	from := r.node(n, depth+1)
	if from == nil {
		return
	}
	mappings := []*Value{from}
	if from.Kind == Array {
		mappings = from.Elements
	}
	for _, mapping := range mappings {
		if mapping.Kind != Object {
			r.fail(code.BadAlias, n, "a merge key takes a mapping, or a list of them")
			return
		}
		for _, m := range mapping.Members {
			if r.merged++; r.merged > maxMerged {
				if r.merged == maxMerged+1 {
					r.fail(code.SourceTooLarge, n, "merge keys bring more than a million members; a document has far fewer")
				}
				return
			}
			if !names[m.Key.Text] {
				names[m.Key.Text] = true
				into.Members = append(into.Members, m)
			}
		}
	}
}
