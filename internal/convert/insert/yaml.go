// SPDX-License-Identifier: Apache-2.0

package insert

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

// lines makes edits in a YAML text. Blank lines and comments between two keys belong to the second one, if tight; but a block at the end of
// the file may want to keep its blank lines.
func (s *setter) lines(tight bool, edits func(*yamlLines) []edit) func() ([]edit, error) {
	return func() ([]edit, error) {
		if at := s.file.Offset(s.root.Place); len(s.root.Members) == 0 || strings.HasPrefix(s.text[at:], "{") {
			return nil, fmt.Errorf("%s: %w", s.file.Name, errFlow)
		}
		y := &yamlLines{setter: s, lines: strings.SplitAfter(s.text, "\n"), tight: tight}
		y.starts = []int{0}
		for _, line := range y.lines {
			y.starts = append(y.starts, y.starts[len(y.starts)-1]+len(line))
		}
		return edits(y), nil
	}
}

// yamlLines are the lines of a YAML text.
type yamlLines struct {
	*setter
	lines []string
	// starts are the bytes where the lines begin, and the end of the text.
	starts []int
	tight  bool
}

// yaml makes the edits in a YAML text.
func (s *setter) yaml(y *yamlLines) []edit {
	first, end := y.own()
	whole := []edit{y.lineEdit(first, end, object.Object{{Name: y.key, Value: y.value}}, int(y.root.Place.Column))}
	if first == end {
		return whole
	}
	own := y.root.Member(y.key)
	c, ok := y.changes(own.Value)
	if !ok || !y.isBlock(own.Value, first, end) {
		return whole
	}
	var edits []edit
	inner := int(own.Value.Place.Column)
	for _, m := range own.Value.Members {
		line := int(m.Place.Line) - 1
		below := min(y.blockEnd(line, inner), end)
		if value, differs := c.changed[m.Key]; differs {
			edits = append(edits, y.lineEdit(line, below, object.Object{{Name: m.Key, Value: value}}, inner))
		}
		if m.Key == c.removed {
			edits = append(edits, edit{y.starts[y.commentsOf(line, inner)], y.starts[below], ""})
		}
	}
	if len(c.added) > 0 {
		edits = append(edits, y.lineEdit(end, end, c.added, inner))
	}
	return edits
}

// own are the lines of the key: from the first one to the one behind the last. They are none where a key that is not there would stand.
func (y *yamlLines) own() (first, end int) {
	column := int(y.root.Place.Column)
	own := y.root.Member(y.key)
	if own == nil || int(own.Place.Column) != column {
		end := y.documentEnd()
		return end, end
	}
	first = int(own.Place.Line) - 1
	return first, y.blockEnd(first, column)
}

// commentsOf is the first of the lines of comments right in front of a line, at the column of its key; the line itself without any.
func (y *yamlLines) commentsOf(line, column int) int {
	for line > 0 && strings.HasPrefix(y.lines[line-1], strings.Repeat(" ", column-1)+"#") {
		line--
	}
	return line
}

// isBlock reports whether an object stands on lines of its own from first to end, a member a line.
func (y *yamlLines) isBlock(n *tree.Node, first, end int) bool {
	if int(n.Place.Line)-1 <= first {
		return false
	}
	for _, m := range n.Members {
		if line := int(m.Place.Line) - 1; line <= first || line >= end || m.Place.Column != n.Place.Column {
			return false
		}
	}
	return !strings.HasPrefix(y.text[y.file.Offset(n.Place):], "{")
}

// blockEnd is the line behind the value of the key in a line.
func (y *yamlLines) blockEnd(first, column int) int {
	end := first + 1
	for end < len(y.lines) && y.continues(y.lines[end], column) {
		end++
	}
	return y.trimmed(first, end, column)
}

// documentEnd is the line behind the last key of the root.
func (y *yamlLines) documentEnd() int {
	first := int(y.root.Place.Line) - 1
	end := first + 1
	for end < len(y.lines) && !isMarker(y.lines[end]) {
		end++
	}
	return y.trimmed(first, end, int(y.root.Place.Column))
}

// trimmed is end without what belongs to the next key.
func (y *yamlLines) trimmed(first, end, column int) int {
	if end == len(y.lines) && y.lines[end-1] == "" {
		end--
	}
	for y.tight && end > first+1 {
		content := strings.TrimLeft(y.lines[end-1], " ")
		if indent := len(y.lines[end-1]) - len(content); strings.TrimSpace(content) != "" && (content[0] != '#' || indent >= column) {
			break
		}
		end--
	}
	return end
}

// continues reports whether a line belongs to the value of a key at a column, which began in a line before.
func (y *yamlLines) continues(line string, column int) bool {
	content := strings.TrimLeft(line, " ")
	switch indent := len(line) - len(content); {
	case isMarker(line):
		return false
	case indent >= column, strings.TrimSpace(content) == "":
		return true
	default:
		return strings.IndexByte("#}]", content[0]) >= 0 || indent == column-1 && (strings.HasPrefix(content, "- ") || strings.TrimSpace(content) == "-")
	}
}

// isMarker reports whether a line ends a document.
func isMarker(line string) bool {
	return strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...")
}

// lineEdit replaces lines by the members of an object, indented to a column.
func (y *yamlLines) lineEdit(first, end int, members object.Object, column int) edit {
	text := strings.ReplaceAll(string(members.YAMLIn(strings.Repeat(" ", column-1))), "\n", y.newline)
	if before := y.text[:y.starts[first]]; before != "" && !strings.HasSuffix(before, "\n") {
		text = y.newline + text
	}
	return edit{y.starts[first], y.starts[end], text}
}
