// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"bytes"
	"encoding/csv"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
)

const provokedFile = "../../internal/classify/testdata/provoked.csv"

// readCSV reads the lines of a file without the first, which names the columns.
func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comment = '#'
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return lines[1:]
}

// compareProvoked compares what a version sent with provoked.csv, or writes the file anew.
func compareProvoked(t *testing.T, minor int, provoked []string) {
	t.Helper()
	version := "1." + strconv.Itoa(minor)
	versions := map[string][]string{}
	for _, line := range readCSV(t, provokedFile) {
		versions[line[0]] = strings.Fields(line[1])
	}
	if !*golden.Update {
		for details, on := range versions {
			if slices.Contains(on, version) && !slices.Contains(provoked, details) {
				t.Errorf("%s says that Envoy %s sends %q, and no row provokes it any more", provokedFile, version, details)
			}
		}
		for _, details := range provoked {
			if !slices.Contains(versions[details], version) {
				t.Errorf("%s does not say that Envoy %s sends %q; run with -update", provokedFile, version, details)
			}
		}
		return
	}
	for details, on := range versions {
		versions[details] = slices.DeleteFunc(on, func(v string) bool { return v == version })
	}
	for _, details := range provoked {
		versions[details] = append(versions[details], version)
	}
	writeProvoked(t, versions)
}

// writeProvoked writes provoked.csv, in the order of the details.
func writeProvoked(t *testing.T, versions map[string][]string) {
	t.Helper()
	text := bytes.NewBufferString("# The details that a real Envoy sent to a test, and its versions. \"go test ./e2e/provoke -update\" writes it.\n")
	writer := csv.NewWriter(text)
	lines := [][]string{{"details", "versions"}}
	for _, details := range slices.Sorted(maps.Keys(versions)) {
		if on := versions[details]; len(on) > 0 {
			slices.Sort(on)
			lines = append(lines, []string{details, strings.Join(on, " ")})
		}
	}
	if err := writer.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(provokedFile, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
