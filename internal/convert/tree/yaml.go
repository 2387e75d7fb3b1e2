// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/yamltext"
)

// textPerNode is how many bytes of a text count as a value.
const textPerNode = 64

// yamlReader turns the nodes of the library into ours.
type yamlReader struct {
	file *File
	// made are the nodes that aliases may stand for, nil while they are being made.
	made map[*yaml.Node]*Node
	// size is how many nodes a node has with all that is below it, aliases included. A long text counts as several.
	size map[*Node]int
	// starts is where lines begin as the library counts them.
	starts []int
	// line and column are those of the node located last, and offset is where it begins: the next one is mostly behind it,
	// perhaps on the same long line.
	line, column, offset int
}

// readYAML reads the documents of a YAML text.
func readYAML(f *File) ([]*Node, error) {
	if len(f.text) > maxYAML {
		return nil, &Error{Place: Place{file: f}, Message: fmt.Sprintf("the file has more than %d MiB of YAML; as JSON it may have %d MiB", maxYAML>>20, MaxSize>>20)}
	}
	if marks := countAny(f.text, ",[{:-?\n"); marks > 2*maxNodes {
		return nil, &Error{Place: Place{file: f}, Message: fmt.Sprintf("the file may hold more than %d values", maxNodes)}
	}
	r := &yamlReader{file: f, starts: yamlLines(f.text), made: map[*yaml.Node]*Node{}, size: map[*Node]int{}}
	var roots []*Node
	for document, err := range yamltext.Documents(f.text, maxDepth) {
		if err != nil {
			return nil, r.syntax(err)
		}
		root, err := r.node(document)
		if err != nil {
			return nil, err
		}
		roots = append(roots, root)
	}
	return roots, nil
}

// node makes our node of the library's.
func (r *yamlReader) node(y *yaml.Node) (*Node, error) {
	switch y.Kind {
	case yaml.DocumentNode:
		return r.node(y.Content[0])
	case yaml.AliasNode:
		return r.alias(y)
	}
	n := &Node{Place: r.place(y.Line, y.Column)}
	if strings.HasPrefix(y.Tag, "!") && !strings.HasPrefix(y.Tag, "!!") && y.Tag != "!" {
		n.Tag = y.Tag
	}
	if y.Anchor != "" {
		r.made[y] = nil
	}
	var err error
	size := 1 + len(y.Value)/textPerNode
	switch y.Kind {
	case yaml.MappingNode:
		n.Kind = Object
		size, err = r.members(n, y)
	case yaml.SequenceNode:
		n.Kind = List
		size, err = r.elements(n, y)
	default:
		n.Kind, n.Text = scalarKind(y), y.Value
	}
	if err != nil {
		return nil, err
	}
	if y.Anchor != "" {
		r.made[y] = n
	}
	r.size[n] = size
	return n, nil
}

// scalarKind is the kind of a scalar. What only YAML 1.1 takes for a boolean, such as "no", and dates are strings.
func scalarKind(y *yaml.Node) Kind {
	if y.Tag == "!" || y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return String
	}
	switch y.ShortTag() {
	case "!!null":
		return Null
	case "!!bool":
		return Boolean
	case "!!int", "!!float":
		return Number
	default:
		return String
	}
}

// alias is the node that an alias stands for.
func (r *yamlReader) alias(y *yaml.Node) (*Node, error) {
	n, known := r.made[y.Alias]
	if known && n == nil {
		return nil, &Error{Place: r.place(y.Line, y.Column), Message: "alias *" + y.Value + " stands inside of what it stands for, so the value has no end"}
	}
	return n, nil
}

func (r *yamlReader) members(n *Node, y *yaml.Node) (size int, err error) {
	size = 1
	var merged []*Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		at := r.place(y.Content[i].Line, y.Content[i].Column)
		key, err := r.node(y.Content[i])
		if err != nil {
			return 0, err
		}
		value, err := r.node(y.Content[i+1])
		if err != nil {
			return 0, err
		}
		for _, part := range []*Node{key, value} {
			if size, err = r.add(size, part); err != nil {
				return 0, err
			}
		}
		if y.Content[i].Tag == "!!merge" {
			merged = append(merged, value)
			continue
		}
		if _, scalar := key.Scalar(); !scalar && key.Kind != Null {
			return 0, &Error{Place: key.Place, Message: "a key is " + key.Kind.String() + "; keys are strings"}
		}
		n.Members = append(n.Members, Member{key.Text, at, value})
	}
	r.merge(n, merged)
	return size, nil
}

// merge puts the members of other objects in front of those of n, which win (https://yaml.org/type/merge.html).
func (r *yamlReader) merge(n *Node, others []*Node) {
	if len(others) == 0 {
		return
	}
	var sources []*Node
	for _, other := range others {
		if other.Kind == List {
			sources = append(sources, other.Elements...)
		} else {
			sources = append(sources, other)
		}
	}
	has := map[string]bool{}
	for _, m := range n.Members {
		has[m.Key] = true
	}
	var front []Member
	for _, source := range sources {
		for _, m := range source.Members {
			if !has[m.Key] {
				has[m.Key] = true
				front = append(front, m)
			}
		}
	}
	n.Members = append(front, n.Members...)
}

func (r *yamlReader) elements(n *Node, y *yaml.Node) (size int, err error) {
	size = 1
	n.Elements = make([]*Node, 0, len(y.Content))
	for _, content := range y.Content {
		element, err := r.node(content)
		if err != nil {
			return 0, err
		}
		if size, err = r.add(size, element); err != nil {
			return 0, err
		}
		n.Elements = append(n.Elements, element)
	}
	return size, nil
}

// add counts the nodes of a value to those of what it stands in.
func (r *yamlReader) add(size int, value *Node) (int, error) {
	if size += r.size[value]; size > maxNodes {
		return 0, &Error{Place: value.Place, Message: fmt.Sprintf("with its aliases the text has more than %d values", maxNodes)}
	}
	return size, nil
}

// place is where a line and a column of the library are. It counts columns in characters, and takes for the end of a line what
// ends none in other files.
func (r *yamlReader) place(line, column int) Place {
	if line < 1 || line > len(r.starts) {
		return Place{file: r.file}
	}
	if line != r.line || column < r.column {
		r.line, r.column, r.offset = line, 1, r.starts[line-1]
	}
	for ; r.column < column && r.offset < len(r.file.text); r.column++ {
		_, width := utf8.DecodeRuneInString(r.file.text[r.offset:])
		r.offset += width
	}
	return r.file.at(r.offset)
}

// yamlLines is where the lines of YAML 1.1 (section 4.1.4) begin.
func yamlLines(text string) []int {
	starts := []int{0}
	for i := 0; i < len(text); {
		c, width := utf8.DecodeRuneInString(text[i:])
		i += width
		switch c {
		case '\r':
			if i < len(text) && text[i] == '\n' {
				i++
			}
		case '\n', '\u0085', '\u2028', '\u2029':
		default:
			continue
		}
		starts = append(starts, i)
	}
	return starts
}

// syntax gives an error of the parser its place.
func (r *yamlReader) syntax(err error) error {
	var e *yamltext.Error
	if !errors.As(err, &e) {
		return &Error{Place: Place{file: r.file}, Message: err.Error()}
	}
	if e.TooDeep {
		return &Error{Place: r.place(e.Line, e.Column), Message: errDeep.Error()}
	}
	return &Error{Place: r.place(e.Line, e.Column), Message: e.Error()}
}

// countAny is how many bytes of text are in chars.
func countAny(text, chars string) (n int) {
	var wanted [256]bool
	for _, c := range []byte(chars) {
		wanted[c] = true
	}
	for i := range len(text) {
		if wanted[text[i]] {
			n++
		}
	}
	return n
}
