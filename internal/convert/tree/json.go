// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonReader reads one JSON text.
type jsonReader struct {
	file    *File
	decoder *jsontext.Decoder
	nodes   int
	// line is the last one that something began on: what comes next is on it, or behind.
	line int
}

// readJSON reads a text that holds one value.
func readJSON(f *File) (*Node, error) {
	r := &jsonReader{file: f, line: 1, decoder: jsontext.NewDecoder(strings.NewReader(f.text), jsontext.AllowDuplicateNames(true))}
	root, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := r.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, &Error{Place: r.next(), Message: "there is text after the end of the value"}
	}
	return root, nil
}

// value reads the next value, depth levels below the root.
func (r *jsonReader) value(depth int) (*Node, error) {
	r.decoder.PeekKind()
	place := r.next()
	if r.nodes++; r.nodes > maxNodes {
		return nil, &Error{Place: place, Message: fmt.Sprintf("there are more than %d values", maxNodes), beyond: true}
	}
	if depth > maxDepth {
		return nil, &Error{Place: place, Message: errDeep.Error(), beyond: true}
	}
	token, err := r.decoder.ReadToken()
	if err != nil {
		return nil, r.syntax(err)
	}
	n := &Node{Place: place}
	switch token.Kind() {
	case 'n':
		n.Kind = Null
	case 't', 'f':
		n.Kind, n.Text = Boolean, token.String()
	case '"':
		n.Kind, n.Text = String, token.String()
	case '0':
		n.Kind, n.Text = Number, token.String()
	case '{':
		n.Kind = Object
		return n, r.members(n, depth)
	default:
		n.Kind = List
		return n, r.elements(n, depth)
	}
	return n, nil
}

func (r *jsonReader) members(n *Node, depth int) error {
	for r.decoder.PeekKind() != '}' {
		place := r.next()
		key, err := r.decoder.ReadToken()
		if err != nil {
			return r.syntax(err)
		}
		name := key.String()
		value, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		n.Members = append(n.Members, Member{name, place, value})
	}
	_, err := r.decoder.ReadToken()
	return r.syntax(err)
}

func (r *jsonReader) elements(n *Node, depth int) error {
	for r.decoder.PeekKind() != ']' {
		element, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		n.Elements = append(n.Elements, element)
	}
	_, err := r.decoder.ReadToken()
	return r.syntax(err)
}

// next is the place of the token behind those that were read.
func (r *jsonReader) next() Place {
	at, text := int(r.decoder.InputOffset()), r.file.text
	for at < len(text) && strings.IndexByte(":, \t\r\n", text[at]) >= 0 {
		at++
	}
	for r.line < r.file.lines.Len() && r.file.lines.Start(r.line) <= at {
		r.line++
	}
	return Place{r.file, int32(r.line), int32(at - r.file.lines.Start(r.line-1) + 1)}
}

// syntax gives a syntax error its place.
func (r *jsonReader) syntax(err error) error {
	if err == nil {
		return nil
	}
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return &Error{Place: r.file.at(min(int(syntactic.ByteOffset), len(r.file.text))), Message: "not JSON: " + syntactic.Err.Error()}
	}
	return &Error{Place: r.file.at(len(r.file.text)), Message: "not JSON: the text ends too early"}
}
