// SPDX-License-Identifier: Apache-2.0

package yamltext

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// Comment is a comment up to the end of its line, without white space behind it.
type Comment struct {
	Text string
	// At is the byte where its "#" stands.
	At int
}

// Comments are all comments of the text, of which tree was parsed. They are looked for in the text, as a parser may lose one.
func (t Text) Comments(tree *yaml.Node) []Comment {
	var all []Comment
	scalars := t.scalars(tree)
	for at := 0; at < len(t.Text); at++ {
		if len(scalars) > 0 && at >= scalars[0].from {
			at = max(at, scalars[0].to) - 1
			scalars = scalars[1:]
			continue
		}
		if t.Text[at] != '#' || at > 0 && strings.IndexByte(" \t\n", t.Text[at-1]) < 0 {
			continue
		}
		line, _, _ := strings.Cut(t.Text[at:], "\n")
		all = append(all, Comment{strings.TrimRight(line, " \t\r"), at})
		at += len(line)
	}
	return all
}

// span is a part of a text, from one byte to another.
type span struct{ from, to int }

// scalars are the parts of the text in which "#" begins no comment: texts in quotes, and blocks.
func (t Text) scalars(tree *yaml.Node) []span {
	var spans []span
	for n := range all(tree) {
		switch at := t.Begin(n); {
		case n.Kind != yaml.ScalarNode:
		case n.Style&yaml.SingleQuotedStyle != 0:
			spans = append(spans, span{at, at + quoted(t.Text[at:], '\'')})
		case n.Style&yaml.DoubleQuotedStyle != 0:
			spans = append(spans, span{at, at + quoted(t.Text[at:], '"')})
		case n.Style&blocks != 0:
			from, to := t.Block(at)
			spans = append(spans, span{t.Start(from), t.Start(to)})
		}
	}
	return spans
}

// quoted is the length of the text in quotes that text begins with.
func quoted(text string, mark byte) int {
	for i := 1; i < len(text); i++ {
		switch {
		case mark == '"' && text[i] == '\\':
			i++
		case mark == '\'' && text[i] == mark && strings.HasPrefix(text[i+1:], "'"):
			i++
		case text[i] == mark:
			return i + 1
		}
	}
	return len(text)
}
