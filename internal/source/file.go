// SPDX-License-Identifier: Apache-2.0

package source

import (
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/lines"
)

// file is a file as it was written.
type file struct {
	name string
	text string
	*lines.Lines
}

// newFile remembers a file.
func newFile(name, text string) *file { return &file{name, text, lines.New(text)} }

// place is where a byte stands.
func (f *file) place(at int) finding.Place {
	at = min(max(at, 0), len(f.text))
	line, column := f.Position(at)
	return finding.Place{File: f.name, Line: line, Column: column, Excerpt: strings.TrimSuffix(f.Line(line-1), "\r")}
}

// finding is an error at a byte.
func (f *file) finding(kind code.Code, at int, message string) finding.Finding {
	return finding.Finding{Code: kind, Severity: finding.Error, Place: f.place(at), Message: message}
}
