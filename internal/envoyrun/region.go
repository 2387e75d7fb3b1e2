// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"fmt"
	"strings"
)

// region is a text cut at one of its regions. The three parts put together are the text again.
type region struct {
	// before ends with the line "# begin NAME", after starts with "# end NAME".
	before, inside, after string
	// indent is what stands before the "#" of the first marker.
	indent string
}

// cut finds a region.
func cut(text, name string) (region, error) {
	begin, end := "# begin "+name, "# end "+name
	before, rest, ok := strings.Cut(text, begin+"\n")
	if !ok {
		return region{}, fmt.Errorf("envoy.yaml has no line %q", begin)
	}
	indent := before[strings.LastIndexByte(before, '\n')+1:]
	inside, after, ok := strings.Cut(rest, indent+end+"\n")
	if !ok {
		return region{}, fmt.Errorf("envoy.yaml has no line %q after %q", end, begin)
	}
	return region{
		before: before + begin + "\n",
		inside: inside,
		after:  indent + end + "\n" + after,
		indent: indent,
	}, nil
}

// with returns the text with other lines in the region. They are given without the indent.
func (r region) with(lines string) string {
	return r.before + indented(lines, r.indent) + r.after
}

// unindented returns the lines in the region without its indent.
func (r region) unindented() string {
	var b strings.Builder
	for line := range strings.Lines(r.inside) {
		b.WriteString(strings.TrimPrefix(line, r.indent))
	}
	return b.String()
}

// replaceRegion puts other lines, given without indent, into a region of text.
func replaceRegion(text, name, lines string) (string, error) {
	r, err := cut(text, name)
	if err != nil {
		return "", err
	}
	return r.with(lines), nil
}

// replaceWord replaces the one place where a word of envoy.yaml occurs.
func replaceWord(text, word, with string) (string, error) {
	if n := strings.Count(text, word); n != 1 {
		return "", fmt.Errorf("envoy.yaml has %q %d times, want once", word, n)
	}
	return strings.Replace(text, word, with, 1), nil
}

// indented puts indent before each line that is not empty, and ends the last line.
func indented(lines, indent string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		if line != "" {
			b.WriteString(indent)
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String()
}
