// SPDX-License-Identifier: Apache-2.0

package source

import (
	"slices"
	"strings"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/yamltext"
)

// Comment is a line of a comment in YAML.
type Comment struct {
	// Text is the line from its "#" on.
	Text string
	// Place is where the "#" stands.
	Place finding.Place
	// About is the line that the comment is about, from 1: its own, when something stands in front of it or nothing follows, or
	// else the next one that is no comment.
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
	written := yamltext.Text{Lines: f.Lines}
	comments := written.Comments(body)
	own := make(map[int]bool, len(comments))
	for _, c := range comments {
		if line := f.Of(c.At); yamltext.IsEmpty(f.text[f.Start(line):c.At]) {
			own[line] = true
		}
	}
	// about are the lines that comments on lines of their own are about, found from the last one on.
	about := make(map[int]int, len(own))
	var all []Comment
	for _, c := range slices.Backward(comments) {
		line := f.Of(c.At)
		if own[line] {
			about[line] = line
			next := line + 1
			for next < f.Len() && !own[next] && yamltext.IsEmpty(f.Line(next)) {
				next++
			}
			switch of, known := about[next]; {
			case known && of != next:
				about[line] = of
			case !known && next < f.Len():
				about[line] = next
			}
			line = about[line]
		}
		if strings.Contains(c.Text, mark) {
			all = append(all, Comment{c.Text, f.place(c.At), line + 1})
		}
	}
	slices.Reverse(all)
	return all
}
