// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/envoyfacts"
)

// proof is what testdata/provoked.csv says about the entries that a row is for.
type proof struct {
	// entries are the details of those that the filter can see, provoked are those that a real Envoy sent to a test.
	entries, provoked []string
	// versions are those of Envoy that sent any.
	versions []string
	// reasons tell why the others were not.
	reasons []string
}

// add takes one entry into account.
func (p *proof) add(e entry, known proofs) {
	if e.Seen == "no" || slices.Contains(p.entries, e.Details) {
		return
	}
	p.entries = append(p.entries, e.Details)
	if reason := known.reasons[e.Details]; reason != "" && !slices.Contains(p.reasons, reason) {
		p.reasons = append(p.reasons, reason)
	}
	for i, version := range known.versions[e.Details] {
		if i == 0 {
			p.provoked = append(p.provoked, e.Details)
		}
		if !slices.Contains(p.versions, version) {
			p.versions = append(p.versions, version)
		}
	}
}

func (p proof) provenCell() string {
	if len(p.provoked) == 0 {
		return strings.Join(append([]string{"from source"}, p.reasons...), "; ")
	}
	slices.Sort(p.versions)
	text := strings.Join(p.versions, " ")
	if len(p.provoked) < len(p.entries) {
		text += fmt.Sprintf(" (%d of %d)", len(p.provoked), len(p.entries))
	}
	return strings.Join(append([]string{text}, p.reasons...), "; ")
}

// proofs are what the tests in e2e/provoke found out about details.
type proofs struct {
	// versions are those of Envoy that sent the details to a test, reasons why no test makes Envoy send them.
	versions map[string][]string
	reasons  map[string]string
}

// readProofs reads testdata/provoked.csv and testdata/unprovoked.csv.
func readProofs(t *testing.T) proofs {
	t.Helper()
	known := proofs{map[string][]string{}, map[string]string{}}
	for _, line := range readPairs(t, "testdata/provoked.csv") {
		known.versions[line[0]] = strings.Fields(line[1])
	}
	for _, line := range readPairs(t, "testdata/unprovoked.csv") {
		known.reasons[line[0]] = line[1]
	}
	return known
}

// readPairs reads the lines of a file with two columns, without the first, which names them.
func readPairs(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	reader.FieldsPerRecord = 2
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return lines[1:]
}

// TestReasons holds that details have either a proof or a reason why there is none.
func TestReasons(t *testing.T) {
	known, details := readProofs(t), envoyfacts.Visible()
	for name, reason := range known.reasons {
		switch {
		case !slices.Contains(details, name):
			t.Errorf("unprovoked.csv has %q, which no filter can see", name)
		case len(known.versions[name]) > 0:
			t.Errorf("unprovoked.csv and provoked.csv both have %q; it is provoked, remove the reason", name)
		case reason == "":
			t.Errorf("unprovoked.csv gives no reason for %q", name)
		}
	}
	for _, name := range details {
		if len(known.versions[name]) == 0 && known.reasons[name] == "" {
			t.Errorf("%q has neither a proof nor a reason; provoke it, or add it to unprovoked.csv", name)
		}
	}
}

// provenCount is the paragraph of the page that says how many details are proven.
func provenCount(t *testing.T) string {
	t.Helper()
	counts := map[string]int{}
	for _, versions := range readProofs(t).versions {
		for _, version := range versions {
			counts[version]++
		}
	}
	var parts []string
	for _, version := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d are proven on %s", counts[version], version))
	}
	return fmt.Sprintf("Of %d details strings that a filter can see %s.\n", len(envoyfacts.Visible()), strings.Join(parts, ", "))
}
