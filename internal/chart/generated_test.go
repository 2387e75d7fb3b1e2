// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/schema"
	"gatewayresponses/internal/schematest"
)

// definitions is where the part of values.schema.json begins that is generated: the schema of documents.
const definitions = "\n  \"$defs\": {\n    \"document\": "

// TestSchema writes the schema of documents into that of the values, and holds that the result is one.
func TestSchema(t *testing.T) {
	path := filepath.Join(folder, "values.schema.json")
	text := read(t, path)
	written, _, found := strings.Cut(text, definitions)
	if !found {
		t.Fatalf("%s has no %q", path, definitions)
	}
	of, err := schema.Text()
	if err != nil {
		t.Fatal(err)
	}
	// An $id of its own, so that references within it stay within it.
	of = bytes.Replace(of, []byte("{\n"), []byte("{\n  \"$id\": \"document.schema.json\",\n"), 1)
	var indented bytes.Buffer
	if err := json.Indent(&indented, bytes.TrimSpace(of), "    ", "  "); err != nil {
		t.Fatal(err)
	}
	made := written + definitions + indented.String() + "\n  }\n}\n"
	golden.File(t, path, made)
	values := schematest.Compile(t, []byte(made))
	for _, tc := range []struct {
		values, want string
	}{
		{`{"document": {"value": {"gatewayResponses": {"THROTTLED": {"statusCode": 429}}}}}`, ""},
		{`{"document": {"value": {"gatewayResponses": {"THROTTLED": {"statusCode": 99}}}}}`, "at '/document/value/gatewayResponses/THROTTLED/statusCode'"},
		{`{"document": {"value": {"routes": [{"name": "a", "mod": "off"}]}}}`, "at '/document/value/routes/0': additional properties 'mod' not allowed"},
		{`{"platform": "istioo"}`, "at '/platform': value must be one of 'istio', 'envoy-gateway', 'none'"},
	} {
		err := values.Validate(t, []byte(tc.values))
		if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
			t.Errorf("%s: %v, want %q", tc.values, err, tc.want)
		}
	}
}

// TestRules holds that the chart has the alert rules of deploy/prometheus. A chart holds files, not links to files elsewhere.
func TestRules(t *testing.T) {
	for _, name := range []string{"filter.yaml", "gwrd.yaml"} {
		golden.File(t, filepath.Join(folder, "files", name), read(t, filepath.Join("../../deploy/prometheus", name)))
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
