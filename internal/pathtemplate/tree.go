// SPDX-License-Identifier: Apache-2.0

package pathtemplate

// Tree finds, of many templates, the one that is nearest to a path: at the first segment in which two of those that take the
// path differ, a literal beats {name}, and that beats {name+}. The zero Tree has no templates.
//
// The templates are filed by segment, so that a path asks those only that begin as it does: one or two at each segment in
// the resources of real APIs, whatever their number. No place in the tree is looked at twice.
type Tree struct {
	// nodes are where templates stand that begin with the same segments; the first one is the root.
	nodes []node
	// literals lead from node to node.
	literals map[edge]int
	// depth is the number of segments of the longest template, longest the number of bytes of the longest literal.
	depth, longest int
}

// node is one of them.
type node struct {
	// parameter is the node behind a {name}, 0 for none.
	parameter int
	// whole ends here, rest has a {name+} next; nil for none.
	whole, rest *Template
}

// edge is a literal behind a node.
type edge struct {
	from    int
	literal string
}

// Add adds a template. Of two with the same Shape the later one counts.
func (t *Tree) Add(template *Template) {
	if t.nodes == nil {
		t.nodes, t.literals = make([]node, 1), map[edge]int{}
	}
	t.depth = max(t.depth, template.Depth())
	at := 0
	for _, s := range template.segments {
		switch {
		case s.rest:
			t.nodes[at].rest = template
			return
		case s.name != "":
			if t.nodes[at].parameter == 0 {
				t.nodes[at].parameter = t.grow()
			}
			at = t.nodes[at].parameter
		default:
			t.longest = max(t.longest, len(s.literal))
			at = t.behind(edge{at, s.literal})
		}
	}
	t.nodes[at].whole = template
}

// behind is the node behind a literal, a new one when there is none.
func (t *Tree) behind(e edge) int {
	next, known := t.literals[e]
	if !known {
		next = t.grow()
		t.literals[e] = next
	}
	return next
}

// grow adds a node.
func (t *Tree) grow() int {
	t.nodes = append(t.nodes, node{})
	return len(t.nodes) - 1
}

// Find finds the template that is nearest to a path and the values of its parameters, nil when none takes it.
func (t *Tree) Find(path Path) (*Template, map[string]string) {
	segments := path.Segments(t.depth)
	found, _ := t.find(segments)
	if found == nil {
		return nil, nil
	}
	return found, found.Values(segments)
}

// branch is where the search goes on: at a node, which stands before segment i, or at a template that takes the path.
type branch struct {
	at, i int
	taken *Template
}

// find finds the nearest template, nil for none, and says how many nodes it has looked at. What is nearer is pushed later,
// and so looked at first.
func (t *Tree) find(path Segments) (found *Template, nodes int) {
	for open := make([]branch, min(1, len(t.nodes))); len(open) > 0; {
		b := open[len(open)-1]
		open = open[:len(open)-1]
		if b.taken != nil {
			return b.taken, nodes
		}
		nodes++
		n, i := &t.nodes[b.at], b.i
		if !path.has(i) {
			if n.whole != nil && path.isLast(i-1) {
				return n.whole, nodes
			}
			continue
		}
		segment := path.at(i)
		if n.rest != nil && path.from(i) != "" {
			open = append(open, branch{taken: n.rest})
		}
		if n.parameter != 0 && segment != "" {
			open = append(open, branch{at: n.parameter, i: i + 1})
		}
		if len(segment) > t.longest {
			continue
		}
		if next, known := t.literals[edge{b.at, segment}]; known {
			open = append(open, branch{at: next, i: i + 1})
		}
	}
	return nil, nodes
}
