// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"os"
	"strings"
	"testing"
)

// TestAWSVectors holds docs/aws.md: every vector has a row, and every case that a row names exists and cites it.
func TestAWSVectors(t *testing.T) {
	rows := awsRows(t)
	about := map[string]string{}
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		about[c.Name] = c.About
	}
	vectors, err := os.ReadFile("testdata/aws-runtime-vectors.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(vectors)) {
		id, _, _ := strings.Cut(line, " ")
		if id == "#" {
			continue
		}
		where, ok := rows[id]
		if !ok {
			t.Errorf("docs/aws.md has no row for %s", id)
		}
		name, isCase := strings.CutPrefix(where, "`")
		text, exists := about[strings.TrimSuffix(name, "`")]
		if isCase && !exists {
			t.Errorf("docs/aws.md: %s names the case %s, which does not exist", id, where)
		}
		if isCase && !strings.Contains(text, id) && !strings.Contains(text, "rt-bad-remap-*") {
			t.Errorf("case %s does not cite %s", where, id)
		}
	}
}

// awsRows reads the table of docs/aws.md: vector to its last column.
func awsRows(t *testing.T) map[string]string {
	t.Helper()
	page, err := os.ReadFile("../../docs/aws.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if len(cells) == 5 && strings.HasPrefix(cells[1], " rt-") {
			rows[strings.TrimSpace(cells[1])] = strings.TrimSpace(cells[3])
		}
	}
	return rows
}
