// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/pages"
	"gatewayresponses/internal/schematest"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/testfile"
)

// TestText holds that the schemas in docs, and that of the marketplace, are made of the manuals. What that of documents takes and refuses is tested in package config.
func TestText(t *testing.T) {
	for path, text := range map[string]func() ([]byte, error){
		"../../docs/document.schema.json": Text, "../../docs/testfile.schema.json": Tests, "../../deploy/boe/config.schema.json": Text,
	} {
		made, err := text()
		if err != nil {
			t.Fatal(err)
		}
		golden.File(t, path, string(made))
	}
}

// compileTests reads the schema of test files.
func compileTests(t *testing.T) schematest.Schema {
	t.Helper()
	text, err := Tests()
	if err != nil {
		t.Fatal(err)
	}
	return schematest.Compile(t, text)
}

// takes says why the schema refuses a file, nil when it takes it. The file must be JSON or YAML.
func takes(t *testing.T, schema schematest.Schema, text string) error {
	t.Helper()
	written, found := source.Read("a.test", []byte(text))
	if written == nil {
		t.Fatalf("%s: %v", text, found)
	}
	return schema.Validate(t, written.Text)
}

// TestTestsTakesGoodFiles validates every test file that scripts and pages have, and holds that the reader agrees.
func TestTestsTakesGoodFiles(t *testing.T) {
	schema, count := compileTests(t), 0
	check := func(name, text string) {
		count++
		file, found := testfile.Read(name, []byte(text))
		if err := takes(t, schema, text); (err == nil) != (file != nil) {
			t.Errorf("%s: the schema says %v, the reader %v", name, err, found)
		}
	}
	scripts, err := filepath.Glob("../cli/testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range scripts {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.Contains(f.Name, ".test.") {
				check(filepath.Base(path)+" "+f.Name, string(f.Data))
			}
		}
	}
	docs, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range docs {
		page, err := pages.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range page.Steps {
			if strings.Contains(step.File, ".test.") {
				check(path+" "+step.File, step.Text)
			}
		}
	}
	if count < 5 {
		t.Errorf("%d test files, want more: are they still found?", count)
	}
}

// TestTestsRefusesBadFiles holds that the schema refuses what the reader does, but for what a schema cannot say.
func TestTestsRefusesBadFiles(t *testing.T) {
	schema := compileTests(t)
	const frame = "tests:\n- name: a\n  error: THROTTLED\n  want: {status: 400}\n"
	for _, tc := range []struct{ name, old, new string }{
		{"no tests", frame, "document: a"},
		{"no document", "tests", "document: []\ntests"},
		{"unknown key", "tests:", "documents: a\ntests:"},
		{"unknown key of a test", "name: a", "name: a\n  wants: {}"},
		{"no name", "name: a", "request: GET /"},
		{"no error", "  error: THROTTLED\n", ""},
		{"empty name", "name: a", "name: ''"},
		{"status", "400", "4xx"},
		{"status of an error", "THROTTLED", "{status: 200}"},
		{"nothing wanted", "status: 400", ""},
		{"nothing wanted of the body", "status: 400", "body: {}"},
		{"unknown key of a body", "status: 400", "body: {contain: a}"},
		{"untouched false", "status: 400", "untouched: false"},
		{"two tests of a header", "status: 400", "headers: {a: {equals: b, glob: c}}"},
		{"no header", "status: 400", "headers: {a b: c}"},
		{"no request", "name: a", "name: a\n  request: /pets"},
		{"path", "name: a", "name: a\n  request: {path: pets}"},
		{"method", "name: a", "name: a\n  request: {method: a b}"},
		{"scheme", "name: a", "name: a\n  request: {scheme: ftp}"},
		{"error without a name", "THROTTLED", "{owner: a}"},
		{"metadata without namespace", "name: a", "name: a\n  envoy: {metadata: {a: b}}"},
		{"attribute", "name: a", "name: a\n  envoy: {attributes: {a: [b]}}"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := strings.Replace(frame, tc.old, tc.new, 1)
			if file, _ := testfile.Read("a.test", []byte(text)); file != nil {
				t.Fatalf("the reader takes it:\n%s", text)
			}
			if err := takes(t, schema, text); err == nil {
				t.Errorf("the schema takes it:\n%s", text)
			}
		})
	}
	if err := takes(t, schema, frame); err != nil {
		t.Error(err)
	}
}
