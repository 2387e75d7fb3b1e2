// SPDX-License-Identifier: Apache-2.0

package insert

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

// yaml makes the edits in a YAML text. Blank lines and comments between two keys belong to the second one, if tight; but a block
// at the end of the file may want to keep its blank lines.
func (s *setter) yaml(tight bool) func() ([]edit, error) {
	return func() ([]edit, error) {
		y := &yamlLines{setter: s, lines: strings.SplitAfter(s.text, "\n"), tight: tight}
		y.starts = []int{0}
		for _, line := range y.lines {
			y.starts = append(y.starts, y.starts[len(y.starts)-1]+len(line))
		}
		return y.edits()
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

func (y *yamlLines) edits() ([]edit, error) {
	if at := y.file.Offset(y.root.Place); len(y.root.Members) == 0 || strings.HasPrefix(y.text[at:], "{") {
		return nil, fmt.Errorf("%s: %w", y.file.Name, errFlow)
	}
	column := int(y.root.Place.Column)
	own := y.root.Member(y.key)
	if own == nil || int(own.Place.Column) != column {
		end := y.documentEnd()
		return []edit{y.lineEdit(end, end, object.Object{{Name: y.key, Value: y.value}}, column)}, nil
	}
	first := int(own.Place.Line) - 1
	end := y.blockEnd(first, column)
	whole := []edit{y.lineEdit(first, end, object.Object{{Name: y.key, Value: y.value}}, column)}
	changed, added, ok := y.changes(own.Value)
	if !ok || !y.isBlock(own.Value, first, end) {
		return whole, nil
	}
	var edits []edit
	inner := int(own.Value.Place.Column)
	for _, m := range own.Value.Members {
		if value, differs := changed[m.Key]; differs {
			line := int(m.Place.Line) - 1
			edits = append(edits, y.lineEdit(line, min(y.blockEnd(line, inner), end), object.Object{{Name: m.Key, Value: value}}, inner))
		}
	}
	if len(added) > 0 {
		edits = append(edits, y.lineEdit(end, end, added, inner))
	}
	return edits, nil
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
