// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"gatewayresponses/internal/cases"
)

const schemaPath = "../docs/document.schema.json"

// compileSchema makes a validator of docs/document.schema.json.
func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(schemaPath)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("document.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("document.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestSchemaTakesGoodDocuments validates every good document that there is: those of testdata, the samples, and the corpus.
func TestSchemaTakesGoodDocuments(t *testing.T) {
	schema := compileSchema(t)
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
		if err := validate(schema, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// validate checks a document, which must be JSON.
func validate(schema *jsonschema.Schema, text []byte) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(document)
}

// TestSchemaRefusesBadDocuments holds that the schema refuses what Decode does, but for what a schema cannot say.
func TestSchemaRefusesBadDocuments(t *testing.T) {
	schema := compileSchema(t)
	for _, path := range caseFiles(t, "bad") {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		text := parseCase(t, path).Files[0].Data
		_, findings := Decode(text)
		if !findings.HasErrors() || !json.Valid(text) {
			continue // warnings, and what is no JSON
		}
		reason, beyond := beyondSchema[name]
		switch err := validate(schema, text); {
		case err == nil && !beyond:
			t.Errorf("%s: the schema takes it; findings:\n%s", name, render(findings))
		case err != nil && beyond:
			t.Errorf("%s: the schema refuses what it is said not to know (%s): %v", name, reason, err)
		}
	}
}
