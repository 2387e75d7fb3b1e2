// SPDX-License-Identifier: Apache-2.0

package format

import (
	"iter"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// lines finds bytes in a text by lines and columns.
type lines struct {
	text string
	// starts are the bytes where lines begin.
	starts []int
	// line, column and at are the last place that was found: a whole document may stand in one line.
	line, column, at int
}

func newLines(text string) *lines {
	l := &lines{text: text, starts: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// offset is the byte at a line and a column, both from 1, columns in characters.
func (l *lines) offset(line, column int) int {
	if line != l.line || column < l.column {
		l.line, l.column, l.at = line, 1, l.starts[min(max(line, 1), len(l.starts))-1]
	}
	for ; l.column < column && l.at < len(l.text); l.column++ {
		_, size := utf8.DecodeRuneInString(l.text[l.at:])
		l.at += size
	}
	return l.at
}

// value is the byte where a scalar begins, behind its anchor and its tag.
func (l *lines) value(n *yaml.Node) int {
	at := l.offset(n.Line, n.Column)
	if n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
		return at
	}
	for at < len(l.text) && (l.text[at] == '&' || l.text[at] == '!') {
		for at < len(l.text) && strings.IndexByte(" \t\n", l.text[at]) < 0 {
			at++
		}
		for comment := false; at < len(l.text) && (comment || strings.IndexByte(" \t\n#", l.text[at]) >= 0); at++ {
			comment = (comment || l.text[at] == '#') && l.text[at] != '\n'
		}
	}
	return at
}

// lineOf is the number of the line, from 0, that a byte stands in.
func (l *lines) lineOf(at int) int {
	low, high := 0, len(l.starts)
	for low+1 < high {
		if middle := (low + high) / 2; l.starts[middle] <= at {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// get is a line by its number, without its end.
func (l *lines) get(i int) string {
	return strings.TrimSuffix(l.text[l.starts[i]:l.end(i+1)], "\n")
}

// end is the byte where line i begins, or the end of the text.
func (l *lines) end(i int) int {
	if i < len(l.starts) {
		return l.starts[i]
	}
	return len(l.text)
}

// block are the lines, from one up to another, of a block whose indicator stands at a byte.
func (l *lines) block(indicator int) (from, to int) {
	from = l.lineOf(indicator) + 1
	least := 0
	for to = from; to < len(l.starts); to++ {
		line := l.get(to)
		switch {
		case strings.Trim(line, " ") == "":
		case least == 0:
			least = indentation(line)
			if least == 0 {
				return from, to
			}
		case indentation(line) < least:
			return from, to
		}
	}
	return from, to
}

// indentation is how many spaces a line begins with.
func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

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
