// SPDX-License-Identifier: Apache-2.0

// Package envoyfacts has what Envoy's source says of every reply and reset that it gives response code details to, for tests that
// hold tables against it. The heads of its files say where it was read, and what the signs in them mean.
package envoyfacts

import (
	_ "embed" // of the files
	"encoding/csv"
	"slices"
	"strings"
)

var (
	//go:embed details.csv
	details string

	// later is what the released Envoy 1.40.0 says and details does not.
	//
	//go:embed details-1.40.csv
	later string
)

// Fact is what the source says of one text of details.
type Fact struct{ Details, Status, Flags, Filter, Kind, Phase, Seen, HeaderOnly string }

// All are the facts, those of the latest Envoy last.
func All() []Fact { return append(read(details), read(later)...) }

// Visible are the details whose reply a filter can see, each once, in the order of the facts.
func Visible() []string {
	var visible []string
	for _, fact := range All() {
		if fact.Details != "" && fact.Seen != "no" && !slices.Contains(visible, fact.Details) {
			visible = append(visible, fact.Details)
		}
	}
	return visible
}

// read reads a file, whose first line names the columns. The files are part of the program, so one that cannot be read is a bug.
func read(text string) []Fact {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comment = '#'
	lines, err := reader.ReadAll()
	if err != nil {
		panic(err)
	}
	facts := make([]Fact, 0, len(lines)-1)
	for _, line := range lines[1:] {
		facts = append(facts, Fact{line[0], line[1], line[2], line[3], line[4], line[5], line[6], line[7]})
	}
	return facts
}
