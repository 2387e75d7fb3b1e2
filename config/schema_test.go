// SPDX-License-Identifier: Apache-2.0

package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/schematest"
)

const schemaPath = "../docs/document.schema.json"

// readSchema reads docs/document.schema.json.
func readSchema(t *testing.T) schematest.Schema {
	t.Helper()
	text, err := os.ReadFile(schemaPath)
	if err != nil {
		t.Fatal(err)
	}
	return schematest.Compile(t, text)
}

// TestSchemaTakesGoodDocuments validates every good document that there is: those of testdata, the samples, and the corpus.
func TestSchemaTakesGoodDocuments(t *testing.T) {
	schema := readSchema(t)
	documents := map[string][]byte{}
	for _, path := range caseFiles(t, "good") {
		documents[path] = parseCase(t, path).Files[0].Data
	}
	samples, err := filepath.Glob("*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range samples {
		if documents[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	corpus, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range corpus {
		documents[c.Name] = c.Document
	}
	if len(documents) < 300 {
		t.Errorf("%d documents, want 300 at least", len(documents))
	}
	for name, text := range documents {
		if _, findings := Decode(text); findings.HasErrors() {
			continue // the corpus has some
		}
		if err := schema.Validate(t, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRefusesBadDocuments holds that the schema refuses what Decode does, but for what a schema cannot say.
func TestSchemaRefusesBadDocuments(t *testing.T) {
	schema := readSchema(t)
	for _, path := range caseFiles(t, "bad") {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		text := parseCase(t, path).Files[0].Data
		_, findings := Decode(text)
		if !findings.HasErrors() || !json.Valid(text) {
			continue // warnings, and what is no JSON
		}
		reason, beyond := beyondSchema[name]
		switch err := schema.Validate(t, text); {
		case err == nil && !beyond:
			t.Errorf("%s: the schema takes it; findings:\n%s", name, render(findings))
		case err != nil && beyond:
			t.Errorf("%s: the schema refuses what it is said not to know (%s): %v", name, reason, err)
		}
	}
}
