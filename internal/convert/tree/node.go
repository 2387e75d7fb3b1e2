// SPDX-License-Identifier: Apache-2.0

// Package tree reads JSON and YAML of other people's making into nodes that know where they stand.
//
// Files of other tools are not ours to correct: a key that stands twice, a tag that only their tool knows, or a number where a
// string belongs is kept as it is written, for whoever knows the format to judge. What cannot be read at all, and what would
// take more memory than a file of that kind ever needs, is an error with its place.
//
// An alias of YAML is the node that it stands for, so that a tree may share nodes. Read refuses texts whose aliases would
// make a tree with more than maxNodes nodes, or one without end; a walk through every node is therefore always possible.
package tree

import "gatewayresponses/internal/finding"

// Kind is what a node is.
type Kind uint8

// The kinds. Unknown is a value that the source itself does not know, such as one that is known after a deployment; readers
// never make one, but those who evaluate a source do. Its Text says why the value is not known.
const (
	Null Kind = iota
	Boolean
	Number
	String
	Object
	List
	Unknown
)

// String is the kind in messages, with its article.
func (k Kind) String() string {
	return [...]string{"null", "a boolean", "a number", "a string", "an object", "a list", "a value that is not known"}[k]
}

// Place is where something stands: a line and a column of a file, both from 1, the column in bytes. Line is 0 for the whole
// file. The zero Place is nowhere.
type Place struct {
	file         *File
	Line, Column int32
}

// Finding is the place as findings have it, with the text of its line.
func (p Place) Finding() finding.Place {
	if p.file == nil {
		return finding.Place{}
	}
	return finding.Place{File: p.file.Name, Line: int(p.Line), Column: int(p.Column), Excerpt: p.file.line(int(p.Line))}
}

// Member is one key of an object.
type Member struct {
	Key string
	// Place is where the key stands.
	Place Place
	Value *Node
}

// Node is one value.
type Node struct {
	Kind Kind
	// Text is a string, or a number or boolean as written.
	Text string
	// Tag is the tag that YAML gives the value and that is not one of YAML's own, "!Sub".
	Tag string
	// Members are the keys of an object, in order. A key may stand there twice.
	Members []Member
	// Elements are those of a list.
	Elements []*Node
	Place    Place

	// index finds members by their keys, nil before the first look-up and of small objects.
	index map[string]*Member
}

// Get is the value of a key, the last one of several, as most readers of JSON have it; nil when n is no object or has no such
// key. n may be nil, so that look-ups can be chained.
func (n *Node) Get(keys ...string) *Node {
	for _, key := range keys {
		m := n.Member(key)
		if m == nil {
			return nil
		}
		n = m.Value
	}
	return n
}

// small is how many members are looked through one by one.
const small = 8

// Member is the member with a key, as Get finds its value; nil without one.
func (n *Node) Member(key string) *Member {
	if !n.Is(Object) {
		return nil
	}
	if len(n.Members) > small {
		return n.indexed()[key]
	}
	for i := len(n.Members) - 1; i >= 0; i-- {
		if n.Members[i].Key == key {
			return &n.Members[i]
		}
	}
	return nil
}

func (n *Node) indexed() map[string]*Member {
	if n.index == nil {
		n.index = make(map[string]*Member, len(n.Members))
		for i := range n.Members {
			n.index[n.Members[i].Key] = &n.Members[i]
		}
	}
	return n.index
}

// Is reports whether there is a node of the given kind.
func (n *Node) Is(kind Kind) bool { return n != nil && n.Kind == kind }

// Scalar is the text of a string, number or boolean.
func (n *Node) Scalar() (text string, ok bool) {
	if n == nil || n.Kind != String && n.Kind != Number && n.Kind != Boolean {
		return "", false
	}
	return n.Text, true
}

// Value is the text of a string, "" for anything else.
func (n *Node) Value() string {
	if !n.Is(String) {
		return ""
	}
	return n.Text
}

// List is the elements of a list, none of anything else.
func (n *Node) List() []*Node {
	if n == nil {
		return nil
	}
	return n.Elements
}

// Size is how many values a value has, itself included, each as often as it stands there.
func (n *Node) Size() int {
	if n == nil {
		return 0
	}
	size := 1
	for _, m := range n.Members {
		size += m.Value.Size()
	}
	for _, element := range n.Elements {
		size += element.Size()
	}
	return size
}

// True reports whether n is the boolean true, or a string that says so.
func (n *Node) True() bool {
	text, _ := n.Scalar()
	return text == "true" || text == "True" || text == "TRUE"
}

// Last is the members of an object without those whose key stands once more behind them.
func (n *Node) Last() (members, repeated []Member) {
	if !n.Is(Object) {
		return nil, nil
	}
	at := make(map[string]int, len(n.Members))
	for i, m := range n.Members {
		at[m.Key] = i
	}
	for i, m := range n.Members {
		if at[m.Key] == i {
			members = append(members, m)
		} else {
			repeated = append(repeated, m)
		}
	}
	return members, repeated
}
