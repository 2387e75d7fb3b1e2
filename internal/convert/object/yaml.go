// SPDX-License-Identifier: Apache-2.0

package object

import (
	"regexp"
	"strings"

	"gatewayresponses/internal/jsonwrite"
)

// YAML writes an object as YAML. What comments gives for the path of a member stands in front of it; comments may be nil.
func (o Object) YAML(comments func(path []string) []string) []byte {
	if comments == nil {
		comments = func([]string) []string { return nil }
	}
	w := yamlWriter{comments: comments}
	w.members(o, nil, "", false)
	return w.text
}

// yamlWriter writes YAML in block style.
type yamlWriter struct {
	text     []byte
	comments func(path []string) []string
}

// members writes the members of an object, each on lines of its own that begin with indent. The first one stands behind a dash
// where the object is an element of a list.
func (w *yamlWriter) members(o Object, path []string, indent string, behindDash bool) {
	for i, m := range o {
		below := Below(path, m.Name)
		if i > 0 || !behindDash {
			w.comment(below, indent)
			w.text = append(w.text, indent...)
		}
		w.text = append(append(w.text, yamlScalar(m.Name)...), ':')
		w.value(m.Value, below, indent)
	}
}

// comment writes the comments on the value at a path.
func (w *yamlWriter) comment(path []string, indent string) {
	for _, comment := range w.comments(path) {
		for line := range strings.Lines(comment) {
			w.text = append(w.text, strings.TrimRight(indent+"# "+printable(line), " \n")...)
			w.text = append(w.text, '\n')
		}
	}
}

// printable replaces what may not stand in a comment.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if isUnprintable(r) {
			return ' '
		}
		return r
	}, s)
}

// value writes a value behind its name, and ends the line.
func (w *yamlWriter) value(value any, path []string, indent string) {
	switch v := value.(type) {
	case Object:
		if len(v) == 0 {
			w.text = append(w.text, " {}\n"...)
			return
		}
		w.text = append(w.text, '\n')
		w.members(v, path, indent+"  ", false)
	case List:
		if len(v) == 0 {
			w.text = append(w.text, " []\n"...)
			return
		}
		w.text = append(w.text, '\n')
		for i, element := range v {
			w.element(element, Element(path, i), indent+"  ")
		}
	case string:
		w.text = append(append(w.text, ' '), yamlText(v, indent+"  ")...)
		w.text = append(w.text, '\n')
	default:
		w.text = append(appendScalar(append(w.text, ' '), v), '\n')
	}
}

// element writes an element of a list.
func (w *yamlWriter) element(element any, path []string, indent string) {
	w.comment(path, indent)
	if o, ok := element.(Object); ok && len(o) > 0 {
		w.comment(Below(path, o[0].Name), indent)
		w.text = append(append(w.text, indent...), "- "...)
		w.members(o, path, indent+"  ", true)
		return
	}
	w.text = append(append(w.text, indent...), '-')
	w.value(element, path, indent)
}

// yamlText is a string as a value: as a block where it has lines.
func yamlText(s, indent string) string {
	if !fitsBlock(s) {
		return yamlScalar(s)
	}
	var b strings.Builder
	b.WriteString("|")
	if !strings.HasSuffix(s, "\n") {
		b.WriteString("-")
	}
	for line := range strings.Lines(s) {
		if line != "\n" {
			line = indent + line
		}
		b.WriteString("\n" + strings.TrimSuffix(line, "\n"))
	}
	return b.String()
}

// fitsBlock reports whether a string of lines is itself again when it was written as a block.
func fitsBlock(s string) bool {
	return strings.Contains(s, "\n") && strings.IndexByte(" \t\n", s[0]) < 0 && !strings.HasSuffix(s, "\n\n") &&
		!strings.ContainsFunc(strings.ReplaceAll(s, "\n", ""), isUnprintable)
}

// isUnprintable reports whether r is a character that must be escaped, or ends a line.
func isUnprintable(r rune) bool { return r == '\n' || jsonwrite.IsUnprintable(r) }

// plain are strings that every version of YAML reads as strings, unless they are words.
var plain = regexp.MustCompile(`^[A-Za-z_/$][A-Za-z0-9_./+$-]*( [A-Za-z0-9_./+$-]+)*$`)

// words are strings that some version of YAML reads as something else.
var words = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null)$`)

// yamlScalar is a string on one line.
func yamlScalar(s string) string {
	switch {
	case plain.MatchString(s) && !words.MatchString(s):
		return s
	case strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") && !strings.ContainsFunc(s, isUnprintable):
		return "'" + s + "'"
	}
	return jsonwrite.String(s)
}

// YAMLIn writes the members of an object as YAML, each line behind an indentation.
func (o Object) YAMLIn(indent string) []byte {
	w := yamlWriter{comments: func([]string) []string { return nil }}
	w.members(o, nil, indent, false)
	return w.text
}
