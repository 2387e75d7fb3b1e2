// SPDX-License-Identifier: Apache-2.0

// Package finding holds what commands find in what people wrote, and prints it.
//
// A finding names its place in the file that a person wrote, whatever that file became on its way to the engine.
package finding

import (
	"cmp"
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
)

// Severity says how much a finding matters.
type Severity string

// The severities. An error refuses what was read, a warning does not, and an Info is only worth knowing.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// severities are the severities, the least one first.
var severities = []Severity{Info, Warning, Error}

// Plural is the word for several findings.
func (s Severity) Plural() string {
	if s == Info {
		return string(s)
	}
	return string(s) + "s"
}

// Place is a place in a file that a person wrote.
type Place struct {
	// File is the name as messages show it.
	File string `json:"file"`
	// Line and Column count from 1; a column is a byte of its line. 0 when there is no text to point at.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// Excerpt is the line.
	Excerpt string `json:"-"`
}

// Compare orders places by their files, and in a file as they stand there.
func (p Place) Compare(q Place) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Finding is one thing that is wrong, or unwise.
type Finding struct {
	// Code is the kind of finding. Package catalogue explains it.
	Code     code.Code `json:"code,omitzero"`
	Severity Severity  `json:"severity"`
	Place
	// Path leads to the place from the root of the document, "" for the document itself.
	Path string `json:"path,omitempty"`
	// Message says what is wrong, quotes it, and says what would be right. Lower case, no full stop.
	Message string `json:"message"`
}

// List is all that was found.
type List []Finding

// HasErrors reports whether one of the findings is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(f Finding) bool { return f.Severity == Error })
}

// Count is how many findings have a severity.
func (l List) Count(severity Severity) int {
	n := 0
	for _, f := range l {
		if f.Severity == severity {
			n++
		}
	}
	return n
}

// AsSevereAs reports whether one of the findings is as severe as least.
func (l List) AsSevereAs(least Severity) bool {
	return slices.ContainsFunc(l, func(f Finding) bool { return slices.Index(severities, f.Severity) >= slices.Index(severities, least) })
}

// Sort puts the findings in the order of the text, file by file.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Finding) int { return a.Compare(b.Place) })
}

// Of is the severity of a finding of package config.
func Of(severity config.Severity) Severity {
	if severity == config.Error {
		return Error
	}
	return Warning
}
