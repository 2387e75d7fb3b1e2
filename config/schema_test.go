// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"gatewayresponses/internal/cases"
)

const schemaPath = "../docs/document.schema.json"

// TestSchema holds that docs/document.schema.json is made of the manual.
func TestSchema(t *testing.T) {
	compareFile(t, schemaPath, schemaText(t))
}

// schemaText is the JSON Schema of documents.
func schemaText(t *testing.T) []byte {
	t.Helper()
	members := []string{
		`"$schema": "https://json-schema.org/draft/2020-12/schema"`,
		`"title": "Gateway responses for Envoy, version 1"`,
	}
	var defs []string
	for _, object := range Objects() {
		own := objectSchema(&object)
		switch object.Name {
		case "root":
			members = append(members, own)
			continue
		case "route":
			defs = append(defs, `"routeOfAWS": {`+strings.ReplaceAll(own, `"#/$defs/gatewayResponses"`, `"#/$defs/gatewayResponsesOfAWS"`)+`}`)
		case "requestHeader":
			defs = append(defs, `"responseHeader": {`+strings.ReplaceAll(own, `|:authority|:method|:path|:scheme`, ``)+`}`)
		}
		defs = append(defs, strconv.Quote(object.Name)+`: {`+own+`}`)
	}
	members = append(members, `"$defs": {`+strings.Join(append(defs, sharedDefs()...), ", ")+`}`)
	var text bytes.Buffer
	if err := json.Indent(&text, []byte("{"+strings.Join(members, ", ")+"}"), "", "  "); err != nil {
		t.Fatal(err)
	}
	return append(text.Bytes(), '\n')
}

// objectSchema is the schema of an object, without its braces.
func objectSchema(object *Object) string {
	var properties, required []string
	for _, key := range object.Keys {
		about, _, _ := strings.Cut(key.About, "\n\n")
		description := quoteJSON(strings.ReplaceAll(about, "\n", " "))
		properties = append(properties, fmt.Sprintf(`%q: {"description": %s, %s`, key.Name, description, strings.TrimPrefix(key.Type.Schema, "{")))
		if key.Required {
			required = append(required, strconv.Quote(key.Name))
		}
	}
	members := []string{`"type": "object"`}
	if object.Extensions {
		properties = append(properties, `"$schema": true`)
		members = append(members, `"patternProperties": {"^x-": true}`)
	}
	members = append(members, `"properties": {`+strings.Join(properties, ", ")+`}`, `"additionalProperties": false`)
	if required != nil {
		members = append(members, `"required": [`+strings.Join(required, ", ")+`]`)
	}
	if object.Constraint != "" {
		members = append(members, object.Constraint)
	}
	return strings.Join(members, ", ")
}

// quoteJSON writes a text as JSON, without the escapes that only HTML needs.
func quoteJSON(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text)
	return strings.TrimSpace(b.String())
}

// sharedDefs are the definitions that several keys refer to.
func sharedDefs() []string {
	var types []string
	for _, t := range append(ResponseTypes(), pluralAlias) {
		types = append(types, strconv.Quote(string(t)))
	}
	statuses, err := json.Marshal(grpcStatusNames)
	if err != nil {
		panic(err)
	}
	return []string{
		`"responseType": {"anyOf": [{"enum": [` + strings.Join(types, ", ") + `]}, {"type": "string", "pattern": "^X_[A-Z0-9_]{1,62}$"}]}`,
		`"grpcStatus": {"anyOf": [{"enum": ` + string(statuses) + `}, {"type": "integer", "minimum": 0, "maximum": 16}]}`,
		`"gatewayResponses": {"type": "object", "propertyNames": {"$ref": "#/$defs/responseType"}, "additionalProperties": {"$ref": "#/$defs/entry"}}`,
		`"gatewayResponsesOfAWS": {"type": "object", "propertyNames": {"anyOf": [{"not": {"pattern": "^X_"}}, {"$ref": "#/$defs/responseType"}]}, "additionalProperties": {"$ref": "#/$defs/entryOfAWS"}}`,
		`"entryOfAWS": {"type": "object", "properties": {"statusCode": {"type": ["string", "integer"]}, "responseParameters": {"type": "object"},
			"responseTemplates": {"type": "object", "additionalProperties": {"type": "string"}}, "headers": {"$ref": "#/$defs/entry/properties/headers"}}}`,
		`"metadata": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[^\\x00]+$"}, "additionalProperties": {"$ref": "#/$defs/metadataOfNamespace"}}`,
		`"metadataOfNamespace": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[^\\x00]+$"},
			"additionalProperties": {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/metadataOfNamespace"}]}}`,
		`"loneStar": {"if": {"contains": {"const": "*"}}, "then": {"maxItems": 1}}`,
		`"noStar": {"items": {"not": {"const": "*"}}}`,
	}
}

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
