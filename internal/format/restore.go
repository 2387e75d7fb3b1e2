// SPDX-License-Identifier: Apache-2.0

package format

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/yamltext"
)

// restorer gives a text back what its tree does not keep: empty lines between members, and the line ends in folded blocks.
type restorer struct {
	// was are the lines as they were written, is those that were made of their tree.
	was, is yamltext.Text
	// empty are the lines of is that an empty line stood in front of.
	empty map[int]bool
	// blocks are the lines that take the place of lines of is: from the key up to another line.
	blocks map[int]block
}

// block are lines in the place of others.
type block struct {
	to    int
	lines []string
}

// restore restores what the text from which the tree before was read had, in the text from which after was read.
func restore(text string, before *yaml.Node, formatted string, after *yaml.Node) string {
	r := &restorer{yamltext.New(text), yamltext.New(formatted), map[int]bool{}, map[int]block{}}
	if !r.pair(before, after) {
		return formatted
	}
	return r.text()
}

// pair goes along both trees. It reports whether they are the same.
func (r *restorer) pair(was, is *yaml.Node) bool {
	if was.Kind != is.Kind || len(was.Content) != len(is.Content) {
		return false
	}
	if was.Kind == yaml.ScalarNode && was.Style&yaml.FoldedStyle != 0 && is.Style&yaml.FoldedStyle != 0 {
		r.folded(was, is)
	}
	step := 1
	if was.Kind == yaml.MappingNode {
		step = 2
	}
	for i, child := range was.Content {
		if was.Style&yaml.FlowStyle == 0 && was.Kind != yaml.DocumentNode && i%step == 0 {
			r.member(child, is.Content[i])
		}
		if !r.pair(child, is.Content[i]) {
			return false
		}
	}
	return true
}

// member notes where an empty line stood in front of a member, or of the comment above it.
func (r *restorer) member(was, is *yaml.Node) {
	line := was.Line - 1
	comments := 0
	for line > comments && isComment(r.was.Line(line-comments-1)) {
		comments++
	}
	if line > comments && yamltext.IsEmpty(r.was.Line(line-comments-1)) {
		r.empty[is.Line-1-comments] = true
	}
}

// isComment reports whether a line holds nothing but a comment.
func isComment(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") }

// folded keeps the lines of a folded block as they were written.
func (r *restorer) folded(was, is *yaml.Node) {
	wasAt, isAt := r.was.Begin(was), r.is.Begin(is)
	if hasDigit(r.was, wasAt) || hasDigit(r.is, isAt) {
		return // its indentation is written down
	}
	from, to := r.was.Block(wasAt)
	before := trimEmpty(between(r.was, from, to))
	from, to = r.is.Block(isAt)
	made := between(r.is, from, to)
	content := trimEmpty(made)
	if len(before) == 0 || len(content) == 0 {
		return
	}
	old, indent := least(before), strings.Repeat(" ", least(content))
	replaced := make([]string, 0, len(before))
	for _, line := range before {
		if yamltext.IsEmpty(line) {
			replaced = append(replaced, "")
			continue
		}
		replaced = append(replaced, indent+line[min(old, len(line)):])
	}
	r.blocks[from] = block{to, append(replaced, made[len(content):]...)}
}

// hasDigit reports whether the header of a block, whose indicator stands at a byte, says its indentation.
func hasDigit(w yamltext.Text, indicator int) bool {
	header, _, _ := strings.Cut(w.Text[indicator:w.Start(w.Of(indicator)+1)], "#")
	return strings.ContainsAny(header, "123456789")
}

// between are the lines from one up to another.
func between(w yamltext.Text, from, to int) []string {
	var all []string
	for i := from; i < min(to, w.Len()); i++ {
		all = append(all, w.Line(i))
	}
	return all
}

// trimEmpty cuts off the empty lines at the end.
func trimEmpty(all []string) []string {
	for len(all) > 0 && yamltext.IsEmpty(all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	return all
}

// least is the indentation of the first line that is not empty: that of the block.
func least(all []string) int {
	for _, line := range all {
		if !yamltext.IsEmpty(line) {
			return yamltext.Indentation(line)
		}
	}
	return 0
}

// text is what is restored.
func (r *restorer) text() string {
	var all []string
	blocks := slices.Sorted(maps.Keys(r.blocks))
	for i := 0; i < r.is.Len(); {
		if r.empty[i] && len(all) > 0 && all[len(all)-1] != "" {
			all = append(all, "")
		}
		if len(blocks) > 0 && blocks[0] == i {
			all = append(all, r.blocks[i].lines...)
			i = r.blocks[i].to
			blocks = blocks[1:]
			continue
		}
		all = append(all, r.is.Line(i))
		i++
	}
	return strings.TrimRight(strings.Join(all, "\n"), "\n") + "\n"
}
