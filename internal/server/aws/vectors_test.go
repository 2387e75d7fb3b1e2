// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestVectors holds docs/aws.md: every vector of AWS's API has a row, and the case that the row names has a step of its name.
func TestVectors(t *testing.T) {
	page, err := os.ReadFile("../../../docs/aws.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(page)) {
		if cells := strings.Split(line, "|"); len(cells) == 5 && strings.HasPrefix(cells[1], " api-") {
			rows[strings.TrimSpace(cells[1])] = strings.Trim(cells[3], " `")
		}
	}
	vectors, err := os.ReadFile("testdata/aws-api-vectors.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(vectors)) {
		vector := strings.TrimSpace(line)
		if strings.HasPrefix(vector, "#") {
			continue
		}
		name, ok := rows[vector]
		if !ok {
			t.Errorf("docs/aws.md has no row for %s", vector)
			continue
		}
		archive, err := txtar.ParseFile(filepath.Join("testdata/cases", name+".txtar"))
		if err != nil {
			t.Error(err)
		} else if !slices.ContainsFunc(archive.Files, func(step txtar.File) bool { return isStepOf(step.Name, vector) }) {
			t.Errorf("case %s has no step %s", name, vector)
		}
		delete(rows, vector)
	}
	for vector := range rows {
		t.Errorf("docs/aws.md has a row for %s, which testdata/aws-api-vectors.txt does not have", vector)
	}
}

// isStepOf reports whether a step is about a vector; a star in its name stands for any text.
func isStepOf(step, vector string) bool {
	match, err := path.Match(step, vector)
	return err == nil && match
}
