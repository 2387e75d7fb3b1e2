// SPDX-License-Identifier: Apache-2.0

package pathtemplate

import (
	"strconv"
	"strings"
)

// Error is what is wrong with a template, and where.
type Error struct {
	// Offset is the byte of the template where it shows.
	Offset int
	// Message says what is wrong and what would be right.
	Message string
}

// Error is the message alone.
func (e *Error) Error() string { return e.Message }

// withoutBraces is text with "_" in the place of braces. A strings.Replacer would add 35 kB to the filter.
func withoutBraces(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "{", "_"), "}", "_")
}

// MaxSegments is the number of segments of the longest template. A request finds its template in time that grows with it.
const MaxSegments = 100

// Parse reads a template.
func Parse(text string) (*Template, *Error) {
	if err := CheckLiteral(withoutBraces(text)); err != nil {
		return nil, err
	}
	t, named := &Template{text: text, segments: make([]segment, 0, min(strings.Count(text, "/"), MaxSegments))}, map[string]bool{}
	at := 1
	for part := range strings.SplitSeq(text[1:], "/") {
		if t.rest() {
			return nil, &Error{at - 1, "{" + t.segments[len(t.segments)-1].name + "+} takes all that is left; put it last"}
		}
		if len(t.segments) == MaxSegments {
			return nil, &Error{at - 1, "the path has more than " + strconv.Itoa(MaxSegments) + " segments; end it here, or use {name+}"}
		}
		s, err := parseSegment(part)
		if err == nil && s.name != "" && named[s.name] {
			err = &Error{0, "the parameter " + strconv.Quote(s.name) + " is there twice; name each one once"}
		}
		if err != nil {
			err.Offset += at
			return nil, err
		}
		if s.name != "" {
			named[s.name] = true
		}
		t.segments = append(t.segments, s)
		at += len(part) + 1
	}
	return t, nil
}

// CheckLiteral says what keeps text from being a path without parameters.
func CheckLiteral(text string) *Error {
	if !strings.HasPrefix(text, "/") {
		return &Error{0, `a path begins with "/"`}
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c == '?', c == '#':
			return &Error{i, "the path is compared without query and fragment; remove all from " + strconv.QuoteRune(rune(c)) + " on"}
		case c == '{', c == '}':
			return &Error{i, `parameters such as {name} stand in "path"`}
		case c < 0x20, c == 0x7f:
			return &Error{i, "a path cannot hold the control character " + strconv.QuoteRune(rune(c))}
		}
	}
	return nil
}

// parseSegment reads one segment.
func parseSegment(text string) (segment, *Error) {
	brace := strings.IndexAny(text, "{}")
	if brace < 0 {
		return segment{literal: decode(text)}, nil
	}
	name, opened := strings.CutPrefix(text, "{")
	name, closed := strings.CutSuffix(name, "}")
	if !opened || !closed {
		return segment{}, &Error{brace, "a parameter is a whole segment; write {name} between two slashes"}
	}
	name, rest := strings.CutSuffix(name, "+")
	if name == "" {
		return segment{}, &Error{1, "the parameter has no name; write {name}"}
	}
	for i := range len(name) {
		if !isNameByte(name[i]) {
			return segment{}, &Error{1 + i, `the name of a parameter is made of letters, digits, "_", "-" and "."`}
		}
	}
	return segment{name: name, rest: rest}, nil
}

// isNameByte reports whether a name can hold c.
func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '.'
}

// rest reports whether the last segment so far takes all that is left.
func (t *Template) rest() bool {
	return len(t.segments) > 0 && t.segments[len(t.segments)-1].rest
}
