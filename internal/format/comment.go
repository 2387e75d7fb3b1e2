// SPDX-License-Identifier: Apache-2.0

package format

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/quote"
)

// lostComment is a comment of a text that its other form does not have, quoted, "" for none.
func lostComment(text, formatted string) string {
	left := map[string]int{}
	for _, comment := range comments(formatted) {
		left[comment]++
	}
	for _, comment := range comments(text) {
		if left[comment]--; left[comment] < 0 {
			return quote.Text(comment)
		}
	}
	return ""
}

// comments are the comments of a YAML text, without white space behind them. They are looked for in the text and not in the tree
// that the parser makes of it, which may have lost one.
func comments(text string) []string {
	document, err := parse(text)
	if err != nil {
		return nil
	}
	var found []string
	scalars := scalarSpans(text, document)
	for at := 0; at < len(text); at++ {
		if len(scalars) > 0 && at >= scalars[0].from {
			at = max(at, scalars[0].to)
			scalars = scalars[1:]
			at--
			continue
		}
		if text[at] != '#' || at > 0 && strings.IndexByte(" \t\n", text[at-1]) < 0 {
			continue
		}
		line, _, _ := strings.Cut(text[at:], "\n")
		found = append(found, strings.TrimRight(line, " \t\r"))
		at += len(line)
	}
	return found
}

// span is a part of a text, from one byte to another.
type span struct{ from, to int }

// scalarSpans are the parts of a text in which "#" begins no comment: texts in quotes, and blocks.
func scalarSpans(text string, document *yaml.Node) []span {
	lines := newLines(text)
	var spans []span
	for n := range all(document) {
		if n.Kind != yaml.ScalarNode {
			continue
		}
		at := lines.value(n)
		switch {
		case n.Style&yaml.SingleQuotedStyle != 0:
			spans = append(spans, span{at, at + quoted(text[at:], '\'')})
		case n.Style&yaml.DoubleQuotedStyle != 0:
			spans = append(spans, span{at, at + quoted(text[at:], '"')})
		case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
			from, to := lines.block(at)
			spans = append(spans, span{lines.end(from), lines.end(to)})
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
