// SPDX-License-Identifier: Apache-2.0

package source

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/finding"
)

// Comment is a line of a comment in YAML.
type Comment struct {
	// Text is the line from its "#" on.
	Text string
	// Place is where the "#" stands.
	Place finding.Place
	// About is the line that the comment is about, from 1: its own, when something stands in front of it, or else the next one
	// that is no comment.
	About int
}

// Comments are the lines of comments that have mark in them. JSON has none.
func (d *Document) Comments(mark string) []Comment {
	var all []Comment
	seen := map[*file]bool{}
	for i := range d.spots {
		f := d.spots[i].file
		if f == nil || seen[f] {
			continue
		}
		seen[f] = true
		if strings.Contains(f.text, mark) && !IsJSON(f.name, []byte(f.text)) {
			all = append(all, f.comments(mark)...)
		}
	}
	return all
}

// comments are the lines of comments that have mark in them. The file is none when it is no YAML.
func (f *file) comments(mark string) []Comment {
	body, found := parseYAML(f)
	if body == nil || found.HasErrors() {
		return nil
	}
	var all []Comment
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		all = append(all, f.above(n.HeadComment, n.Line, mark)...)
		all = append(all, f.behind(n.LineComment, n.Line, mark)...)
		all = append(all, f.below(n.FootComment, n.Line, mark)...)
		for _, inner := range n.Content {
			walk(inner)
		}
	}
	walk(body)
	slices.SortFunc(all, func(a, b Comment) int { return cmp.Compare(a.Place.Line, b.Place.Line) })
	return all
}

// above are the lines of a comment above a line that they are about.
func (f *file) above(comment string, about int, mark string) []Comment {
	if !strings.Contains(comment, mark) {
		return nil
	}
	var all []Comment
	lines := strings.FieldsFunc(comment, isLineEnd)
	last := len(lines) - 1
	for line := about - 1; line >= 1 && last >= 0; line-- {
		if c, ok := f.commentAt(line, lines[last]); ok {
			last--
			if strings.Contains(c.Text, mark) {
				c.About = about
				all = append(all, c)
			}
		}
	}
	return all
}

// behind is a comment behind what stands in a line, or in the lines that follow.
func (f *file) behind(comment string, line int, mark string) []Comment {
	if !strings.Contains(comment, mark) {
		return nil
	}
	for ; line <= len(f.lines); line++ {
		if c, ok := f.commentAt(line, comment); ok {
			c.About = line
			return []Comment{c}
		}
	}
	return nil
}

// below are the lines of a comment that nothing follows.
func (f *file) below(comment string, line int, mark string) []Comment {
	if !strings.Contains(comment, mark) {
		return nil
	}
	var all []Comment
	for _, text := range strings.FieldsFunc(comment, isLineEnd) {
		for line++; line <= len(f.lines); line++ {
			if c, ok := f.commentAt(line, text); ok {
				if strings.Contains(text, mark) {
					c.About = line
					all = append(all, c)
				}
				break
			}
		}
	}
	return all
}

// isLineEnd reports whether a character ends a line.
func isLineEnd(r rune) bool { return r == '\n' || r == '\r' }

// commentAt finds the text of a comment at the end of a line.
func (f *file) commentAt(line int, text string) (Comment, bool) {
	start := f.offset(line, 1)
	rest, _, _ := strings.Cut(f.text[start:], "\n")
	front, found := strings.CutSuffix(strings.TrimRight(rest, " \t\r"), text)
	if !found {
		return Comment{}, false
	}
	return Comment{Text: text, Place: f.place(start + len(front))}, true
}
