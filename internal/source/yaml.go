// SPDX-License-Identifier: Apache-2.0

package source

import (
	"errors"
	"strconv"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/quote"
)

// maxDepth is how deep YAML may nest. A document nests ten deep.
const maxDepth = 100

// readYAML reads YAML.
func readYAML(f *file) (*Document, finding.List) {
	if at, ok := invalid(f.text); ok {
		return nil, finding.List{f.finding(at, "the file is not UTF-8; save it as UTF-8")}
	}
	tokens := lexer.Tokenize(f.text)
	if t := tooDeep(tokens); t != nil {
		return nil, finding.List{f.finding(f.at(t), "the YAML nests deeper than "+strconv.Itoa(maxDepth)+" levels; a document needs ten")}
	}
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, finding.List{f.syntax(err)}
	}
	w := &writer{file: f, anchors: map[string]ast.Node{}, open: map[string]bool{}}
	var body ast.Node
	for _, document := range parsed.Docs {
		switch {
		case document.Body == nil || document.Body.Type() == ast.CommentType || document.Body.Type() == ast.DirectiveType:
		case body == nil:
			body = document.Body
		default:
			return nil, finding.List{f.finding(f.at(document.Body.GetToken()), `there is a second YAML document behind "---"; write one document a file`)}
		}
	}
	w.node(body)
	if w.found.HasErrors() {
		return nil, w.found
	}
	return &Document{Name: f.name, Text: w.json, spots: w.spots}, w.found
}

// invalid is the first byte that is not UTF-8.
func invalid(text string) (at int, ok bool) {
	if utf8.ValidString(text) {
		return 0, false
	}
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i, true
			}
		}
	}
	return 0, false
}

// tooDeep is the token that nests deeper than maxDepth, nil when none does. The parser recurses, so it must not see such a text.
func tooDeep(tokens token.Tokens) *token.Token {
	flow, line, inLine := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, inLine = t.Position.Line, 0
		}
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			flow++
		case token.MappingEndType, token.SequenceEndType:
			flow--
		case token.SequenceEntryType, token.MappingKeyType, token.AnchorType, token.TagType:
			// Each of these may stand in front of the next one in a line, and each line may be deeper than the one before by a column.
			inLine++
			if t.Position.Column/2 > maxDepth {
				return t
			}
		case token.MappingValueType:
			if flow == 0 && t.Prev != nil && t.Prev.Position.Column/2 > maxDepth && inLine == 0 && startsLine(t.Prev) {
				return t
			}
		}
		if flow > maxDepth || inLine > maxDepth {
			return t
		}
	}
	return nil
}

// startsLine reports whether a token is the first one of its line.
func startsLine(t *token.Token) bool {
	return t.Prev == nil || t.Prev.Position.Line != t.Position.Line
}

// at is the byte where a token begins.
func (f *file) at(t *token.Token) int {
	if t == nil || t.Position == nil {
		return 0
	}
	return f.runeOffset(t.Position.Line, t.Position.Column)
}

// syntax is the finding about YAML that cannot be read.
func (f *file) syntax(err error) finding.Finding {
	var syntax *yaml.SyntaxError
	if !errors.As(err, &syntax) {
		return f.finding(0, "not YAML: "+err.Error())
	}
	return f.finding(f.at(syntax.Token), "not YAML: "+syntax.Message)
}

// writer writes the JSON of a YAML tree.
type writer struct {
	file    *file
	json    []byte
	spots   []spot
	anchors map[string]ast.Node
	// open are the anchors whose values are being written, which must not hold themselves.
	open  map[string]bool
	found finding.List
	// full reports that the JSON has become too large.
	full bool
}

func (w *writer) fail(n ast.Node, message string) {
	w.found = append(w.found, w.file.finding(w.file.at(n.GetToken()), message))
}

// mark remembers that what is written next comes from a byte of the file.
func (w *writer) mark(from int, s style, value string) {
	w.spots = append(w.spots, spot{at: len(w.json), from: from, style: s, value: value, file: w.file})
}

// node writes one value.
func (w *writer) node(n ast.Node) {
	if w.full {
		return
	}
	if len(w.json) > MaxSize {
		w.full = true
		w.fail(n, "with its aliases resolved the file has more than 4 MiB; a document has 1 MiB at most")
		return
	}
	switch n := n.(type) {
	case nil:
		w.mark(0, bare, "")
		w.json = append(w.json, "null"...)
	case *ast.MappingNode:
		w.object(n, n.Values)
	case *ast.MappingValueNode:
		w.object(n, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		w.array(n)
	case *ast.AnchorNode:
		name := n.Name.GetToken().Value
		w.anchors[name] = n.Value
		w.within(n, name, n.Value)
	case *ast.AliasNode:
		w.alias(n)
	case *ast.TagNode:
		w.tag(n)
	default:
		w.scalar(n)
	}
}

// within writes the value of an anchor, unless it is being written already.
func (w *writer) within(at ast.Node, name string, value ast.Node) {
	if w.open[name] {
		w.fail(at, "the alias *"+name+" stands inside of the value that it stands for")
		return
	}
	w.open[name] = true
	w.node(value)
	delete(w.open, name)
}

func (w *writer) alias(n *ast.AliasNode) {
	name := n.Value.GetToken().Value
	value, ok := w.anchors[name]
	if !ok {
		w.fail(n, "there is no anchor &"+name+" before the alias *"+name+"; a text that begins with * stands in quotes")
		return
	}
	w.within(n, name, value)
}

// array writes a sequence.
func (w *writer) array(n *ast.SequenceNode) {
	w.mark(w.file.at(n.GetToken()), bare, "")
	w.json = append(w.json, '[')
	for i, value := range n.Values {
		if i > 0 {
			w.json = append(w.json, ',')
		}
		w.node(value)
	}
	w.json = append(w.json, ']')
}

// tag writes a value with a tag. Only those that JSON has values for mean something.
func (w *writer) tag(n *ast.TagNode) {
	switch tag := n.GetToken().Value; tag {
	case "!!str":
		if scalar, ok := n.Value.(ast.ScalarNode); ok && n.Value.Type() != ast.StringType && n.Value.Type() != ast.LiteralType {
			w.text(scalar.GetToken().Value, w.file.at(scalar.GetToken()), plain)
			return
		}
		w.node(n.Value)
	case "!!map", "!!seq", "!!int", "!!float", "!!bool", "!!null":
		w.node(n.Value)
	default:
		w.fail(n, "the tag "+quote.Text(tag)+" means nothing in a document; leave it out")
	}
}
