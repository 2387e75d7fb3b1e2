// SPDX-License-Identifier: Apache-2.0

package source

import (
	"sort"
	"strings"
	"unicode/utf8"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// file is a file as it was written.
type file struct {
	name string
	text string
	// lines are the offsets where lines begin.
	lines []int
	// line, column and at are the last place that runeOffset found.
	line, column, at int
}

// newFile remembers a file.
func newFile(name, text string) *file {
	f := &file{name: name, text: text, lines: []int{0}}
	for at := 0; ; {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			return f
		}
		at += next + 1
		f.lines = append(f.lines, at)
	}
}

// offset is the byte at a line and a column, both from 1, columns in bytes.
func (f *file) offset(line, column int) int {
	if line < 1 || line > len(f.lines) {
		return len(f.text)
	}
	return min(f.lines[line-1]+max(column, 1)-1, len(f.text))
}

// runeOffset is the byte at a line and a column, both from 1, columns in characters. It goes on from the last place: a whole
// document may stand in one line.
func (f *file) runeOffset(line, column int) int {
	if line != f.line || column < f.column {
		f.line, f.column, f.at = line, 1, f.offset(line, 1)
	}
	for f.column < column && f.at < len(f.text) && f.text[f.at] != '\n' {
		_, size := utf8.DecodeRuneInString(f.text[f.at:])
		f.at += size
		f.column++
	}
	return f.at
}

// place is where a byte stands.
func (f *file) place(at int) finding.Place {
	at = min(max(at, 0), len(f.text))
	line := sort.SearchInts(f.lines, at+1)
	start := f.lines[line-1]
	end := len(f.text)
	if line < len(f.lines) {
		end = f.lines[line] - len("\n")
	}
	return finding.Place{File: f.name, Line: line, Column: at - start + 1, Excerpt: strings.TrimSuffix(f.text[start:end], "\r")}
}

// finding is an error at a byte.
func (f *file) finding(kind code.Code, at int, message string) finding.Finding {
	return finding.Finding{Code: kind, Severity: finding.Error, Place: f.place(at), Message: message}
}
