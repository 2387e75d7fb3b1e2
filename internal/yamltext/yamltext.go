// SPDX-License-Identifier: Apache-2.0

// Package yamltext parses YAML within bounds, and finds in its text what the tree does not keep: where values begin behind their
// anchors, which lines a block has, and every comment.
package yamltext

import (
	"iter"
	"strings"

	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/lines"
)

// Text is a YAML text with its lines.
type Text struct{ *lines.Lines }

// New reads the lines of a text.
func New(text string) Text { return Text{lines.New(text)} }

// quotes are the styles of texts in quotes, blocks those behind "|" and ">".
const (
	quotes = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle
	blocks = yaml.LiteralStyle | yaml.FoldedStyle
)

// Begin is the byte where the value of a node begins, behind its anchor and its tag.
func (t Text) Begin(n *yaml.Node) int {
	at := t.RuneOffset(n.Line, n.Column)
	if n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
		return at
	}
	if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&(quotes|blocks) == 0 {
		return at // nothing stands behind them
	}
	text := t.Text
	for at < len(text) && (text[at] == '&' || text[at] == '!') {
		for at < len(text) && strings.IndexByte(" \t\r\n", text[at]) < 0 {
			at++
		}
		for comment := false; at < len(text) && (comment || strings.IndexByte(" \t\r\n#", text[at]) >= 0); at++ {
			comment = (comment || text[at] == '#') && text[at] != '\n'
		}
	}
	return at
}

// Block are the lines of a block whose indicator stands at a byte: from one up to another, counted from 0.
func (t Text) Block(indicator int) (from, to int) {
	from = t.Of(indicator) + 1
	least := 0
	for to = from; to < t.Len(); to++ {
		line := t.Line(to)
		switch {
		case IsEmpty(line):
		case least == 0:
			least = Indentation(line)
			if least == 0 {
				return from, to
			}
		case Indentation(line) < least:
			return from, to
		}
	}
	return from, to
}

// Indentation is how many spaces a line begins with.
func Indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// IsEmpty reports whether a line holds nothing but white space.
func IsEmpty(line string) bool { return strings.Trim(line, " \t\r") == "" }

// all are the nodes of a tree in the order of the text.
func all(n *yaml.Node) iter.Seq[*yaml.Node] {
	return func(yield func(*yaml.Node) bool) { walk(n, yield) }
}

func walk(n *yaml.Node, yield func(*yaml.Node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, child := range n.Content {
		if !walk(child, yield) {
			return false
		}
	}
	return true
}
