// SPDX-License-Identifier: Apache-2.0

package source

import (
	"sort"
	"strings"
	"unicode/utf8"

	"gatewayresponses/internal/finding"
)

// newFile remembers a file.
func newFile(name string, text []byte) *file {
	f := &file{name: name, text: string(text), lines: []int{0}}
	for i := range len(f.text) {
		if f.text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// offset is the byte at a line and a column, both from 1, columns in bytes.
func (f *file) offset(line, column int) int {
	if line < 1 || line > len(f.lines) {
		return len(f.text)
	}
	return min(f.lines[line-1]+max(column, 1)-1, len(f.text))
}

// runeOffset is the byte at a line and a column, both from 1, columns in characters.
func (f *file) runeOffset(line, column int) int {
	at := f.offset(line, 1)
	for ; column > 1 && at < len(f.text) && f.text[at] != '\n'; column-- {
		_, size := utf8.DecodeRuneInString(f.text[at:])
		at += size
	}
	return at
}

// place is where a byte stands.
func (f *file) place(at int) finding.Place {
	line := sort.SearchInts(f.lines, at+1)
	start := f.lines[line-1]
	text, _, _ := strings.Cut(f.text[start:], "\n")
	return finding.Place{File: f.name, Line: line, Column: at - start + 1, Excerpt: strings.TrimSuffix(text, "\r")}
}

// finding is an error at a byte.
func (f *file) finding(at int, message string) finding.Finding {
	return finding.Finding{Severity: finding.Error, Place: f.place(at), Message: message}
}
