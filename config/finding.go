// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/jsonread"
)

// Severity separates errors, which refuse a document, from warnings, which do not.
type Severity = jsonread.Severity

// The severities.
const (
	Error   = jsonread.Error
	Warning = jsonread.Warning
)

// Finding is one thing that is wrong with a document, or unwise in it.
type Finding struct {
	// Code is the kind of the finding, by which docs/findings.md explains it.
	Code     code.Code
	Severity Severity
	// Path leads to the place from the root, "" for the document itself.
	Path string
	// Line and Column count from 1; a column is a byte of its line. 0 when there is no text to point at.
	Line, Column int
	// Message says what is wrong, quotes it, and says what would be right. Lower case, no full stop.
	Message string
}

// String renders the finding as "path (line L, column C): message".
func (f Finding) String() string {
	var b strings.Builder
	b.WriteString(f.Path)
	if f.Path == "" {
		b.WriteString("document")
	}
	if f.Line > 0 {
		b.WriteString(" (line " + strconv.Itoa(f.Line) + ", column " + strconv.Itoa(f.Column) + ")")
	}
	b.WriteString(": ")
	b.WriteString(f.Message)
	return b.String()
}

// Findings is all that was found in one document.
type Findings []Finding

// HasErrors reports whether the document must be refused.
func (fs Findings) HasErrors() bool {
	return slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity == Error })
}

// Sort puts the findings in the order of the text.
func (fs Findings) Sort() {
	sort.Stable(byPlace(fs))
}

// byPlace sorts findings. This package and the engine sort with package sort: slices.SortStableFunc
// would add a copy of some 9 kB to the filter for each type.
type byPlace Findings

func (fs byPlace) Len() int      { return len(fs) }
func (fs byPlace) Swap(i, j int) { fs[i], fs[j] = fs[j], fs[i] }
func (fs byPlace) Less(i, j int) bool {
	if fs[i].Line != fs[j].Line {
		return fs[i].Line < fs[j].Line
	}
	return fs[i].Column < fs[j].Column
}

// String renders the findings one a line.
func (fs Findings) String() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}
