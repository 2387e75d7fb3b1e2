// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// proof is what testdata/provoked.csv says about the entries that a row is for.
type proof struct {
	// entries are the details of those that the filter can see, provoked are those that a real Envoy sent to a test.
	entries, provoked []string
	// versions are those of Envoy that sent any.
	versions []string
}

// add takes one entry into account.
func (p *proof) add(e entry, provoked map[string][]string) {
	if e.seen == "no" || slices.Contains(p.entries, e.details) {
		return
	}
	p.entries = append(p.entries, e.details)
	for i, version := range provoked[e.details] {
		if i == 0 {
			p.provoked = append(p.provoked, e.details)
		}
		if !slices.Contains(p.versions, version) {
			p.versions = append(p.versions, version)
		}
	}
}

func (p proof) provenCell() string {
	if len(p.provoked) == 0 {
		return "from source"
	}
	slices.Sort(p.versions)
	text := strings.Join(p.versions, " ")
	if len(p.provoked) < len(p.entries) {
		text += fmt.Sprintf(" (%d of %d)", len(p.provoked), len(p.entries))
	}
	return text
}

// readProvoked reads which versions of Envoy sent which details to the tests in e2e.
func readProvoked(t *testing.T) map[string][]string {
	t.Helper()
	file, err := os.Open("testdata/provoked.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("testdata/provoked.csv: %v", err)
	}
	versions := map[string][]string{}
	for _, line := range lines[1:] {
		versions[line[0]] = strings.Fields(line[1])
	}
	return versions
}
