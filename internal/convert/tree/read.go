// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"errors"
	"fmt"
	"strings"

	"gatewayresponses/internal/lines"
)

// Limits of what is read. AWS takes OpenAPI files up to 6 MB and templates up to 1 MB; the state of Terraform is larger.
const (
	// MaxSize is the size of the largest text, in bytes: 32 MiB.
	MaxSize = 32 << 20
	// maxYAML is that of the largest YAML text: 8 MiB. A node of YAML takes much more memory than its text.
	maxYAML = 8 << 20
	// maxNodes is how many values a text may have, each alias counted as all that it stands for.
	maxNodes = 1 << 20
	// maxDepth is how deep values may be nested.
	maxDepth = 1000
)

// byteOrderMark begins some texts in UTF-8.
const byteOrderMark = "\ufeff"

// errDeep is for what is nested too deep.
var errDeep = fmt.Errorf("values are nested more than %d levels deep", maxDepth)

// Error says where a text cannot be read, and why.
type Error struct {
	Place   Place
	Message string
	// beyond reports that the text is JSON as far as it was read, and more of it than may be.
	beyond bool
}

// Error is the place and the message.
func (e *Error) Error() string { return e.Place.Finding().String() + ": " + e.Message }

// File is the text of one file, and what is in it.
type File struct {
	// Name is what messages call it.
	Name string
	// Documents are the values that it holds. YAML may hold several, JSON is always one.
	Documents []*Node

	// text is the text without a byte order mark, which it had if marked.
	text   string
	marked bool
	json   bool
	lines  *lines.Lines
}

// Read reads the text of the file called name, JSON or YAML by its content.
func Read(name string, text []byte) (*File, error) {
	f := &File{Name: name, lines: lines.New("")}
	if len(text) > MaxSize {
		return nil, &Error{Place: Place{file: f}, Message: fmt.Sprintf("the file has more than %d MiB", MaxSize>>20)}
	}
	f.text, f.marked = strings.CutPrefix(string(text), byteOrderMark)
	f.lines = lines.New(f.text)
	if i := invalid(f.text); i >= 0 {
		return nil, &Error{Place: f.at(i), Message: fmt.Sprintf("byte %#02x is not text in UTF-8", f.text[i])}
	}
	var err error
	f.Documents, err = f.read()
	return f, err
}

func (f *File) read() ([]*Node, error) {
	if !looksLikeJSON(f.text) {
		return readYAML(f)
	}
	root, err := readJSON(f)
	if err == nil {
		f.json = true
		return []*Node{root}, nil
	}
	// It may be JSON with comments, or a flow mapping of YAML. When it is neither, what JSON has to say is more to the point.
	var refused *Error
	if len(f.text) <= maxYAML && errors.As(err, &refused) && !refused.beyond {
		if roots, yamlErr := readYAML(f); yamlErr == nil {
			return roots, nil
		}
	}
	return nil, err
}

// line is the text of a line, "" for one that there is not.
func (f *File) line(n int) string {
	if n < 1 {
		return ""
	}
	return strings.TrimSuffix(f.lines.Line(n-1), "\r")
}

// at is the place of a byte.
func (f *File) at(i int) Place {
	line, column := f.lines.Position(i)
	return Place{f, int32(line), int32(column)}
}

// Offset is the byte at a place of the file.
func (f *File) Offset(p Place) int { return f.lines.Offset(int(max(p.Line, 1)), int(p.Column)) }

// looksLikeJSON reports whether a text begins as JSON's objects and arrays do.
func looksLikeJSON(text string) bool {
	start := strings.TrimLeft(text, " \t\r\n")
	return strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[")
}

// invalid is where text stops being UTF-8 without NUL, -1 if it does not.
func invalid(text string) int {
	at, nul := lines.NotUTF8(text), strings.IndexByte(text, 0)
	if at < 0 || nul < 0 {
		return max(at, nul)
	}
	return min(at, nul)
}

// Text is the text of the file, without a byte order mark.
func (f *File) Text() string { return f.text }

// Mark is the byte order mark that the file began with, "" without one.
func (f *File) Mark() string {
	if f.marked {
		return byteOrderMark
	}
	return ""
}

// IsJSON reports whether the text is JSON.
func (f *File) IsJSON() bool { return f.json }
