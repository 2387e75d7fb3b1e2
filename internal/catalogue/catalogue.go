// SPDX-License-Identifier: Apache-2.0

// Package catalogue explains the kinds of findings that package code numbers: what one means, a document that has it, and what to
// do. docs/findings.md is made of it, and whatever prints findings takes titles and links from it.
//
// A file holds the kinds of one task. A kind without an example cannot be shown in a document that fits a page.
package catalogue

import (
	"slices"
	"strings"

	"gatewayresponses/internal/code"
)

// Entry is one kind of findings.
type Entry struct {
	Code code.Code
	// Title names the kind, lower case, no full stop.
	Title string
	// Means says what is wrong and why it matters, Fix what to do: sentences, in Markdown.
	Means, Fix string
	// Example is what somebody wrote and has such a finding: JSON or YAML. "" for what no short text has.
	Example string
}

// Section is the kinds of one task.
type Section struct {
	Title, About string
	Entries      []Entry
}

// Sections are all kinds, in the order of their numbers.
func Sections() []Section {
	return []Section{textSection, entrySection, routeSection, templateSection, lintSection, sourceSection, buildSection, formatSection, envoySection, emitSection}
}

// page is where the paragraphs stand, as a path of the project.
const page = "docs/findings.md"

// Of finds the entry of a code.
func Of(c code.Code) (Entry, bool) {
	for _, section := range Sections() {
		if i := slices.IndexFunc(section.Entries, func(e Entry) bool { return e.Code == c }); i >= 0 {
			return section.Entries[i], true
		}
	}
	return Entry{}, false
}

// Link leads to the paragraph about a code.
func Link(c code.Code) string { return page + "#" + anchor(c) }

// anchor is what the paragraph about a code is called in its page.
func anchor(c code.Code) string { return strings.ToLower(c.String()) }
