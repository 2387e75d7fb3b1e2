// SPDX-License-Identifier: Apache-2.0

package presets_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/format"
	"gatewayresponses/internal/lint"
	"gatewayresponses/internal/presets"
	"gatewayresponses/internal/schematest"
	"gatewayresponses/internal/source"
)

// choices are all sets of presets, by their names with commas between.
func choices() map[string][]string {
	all := presets.All()
	sets := map[string][]string{}
	for bits := 1; bits < 1<<len(all); bits++ {
		var names []string
		for i, preset := range all {
			if bits&(1<<i) != 0 {
				names = append(names, preset.Name)
			}
		}
		sets[strings.Join(names, ",")] = names
	}
	return sets
}

// write writes the files of a starter into a new folder.
func write(t *testing.T, names []string) (folder string, files []presets.File) {
	t.Helper()
	files, err := presets.Starter(names)
	if err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	for _, file := range files {
		path := filepath.Join(folder, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder, files
}

// TestStarters holds that every choice of presets is a document without any finding, in its form.
func TestStarters(t *testing.T) {
	for name, names := range choices() {
		t.Run(name, func(t *testing.T) {
			folder, files := write(t, names)
			document, found := source.Files{Folder: folder}.Read(files[0].Name, files[0].Text)
			if document == nil {
				t.Fatal(found)
			}
			found = append(found, lint.Check(check.Read(document))...)
			for _, f := range found {
				t.Errorf("%s: %s %s %s: %s\n%s", f.String(), f.Severity, f.Code, f.Path, f.Message, f.Excerpt)
			}
			for _, file := range files[:2] {
				formatted, found := format.Source(file.Name, file.Text)
				if string(formatted) != string(file.Text) {
					t.Errorf("%s is not in its form: %v\n%s", file.Name, found, formatted)
				}
			}
		})
	}
}

// TestSchema holds that editors find nothing wrong in a starter: its schemas take it, with a body in a file, and refuses what is
// no such body.
func TestSchema(t *testing.T) {
	files, err := presets.Starter([]string{"problem", "html", "oauth", "cors", "grpc"})
	if err != nil {
		t.Fatal(err)
	}
	ofDocuments, ofTests := schematest.Compile(t, files[len(files)-2].Text), schematest.Compile(t, files[len(files)-1].Text)
	for _, tc := range []struct {
		schema schematest.Schema
		text   string
		good   bool
	}{
		{ofDocuments, string(files[0].Text), true},
		{ofDocuments, "emulate: aws\ngatewayResponses: {THROTTLED: {responseTemplates: {text/html: {file: a.html}}}}", true},
		{ofDocuments, "gatewayResponses: {THROTTLED: {responseTemplates: {text/html: {files: a.html}}}}", false},
		{ofDocuments, "gatewayResponses: {THROTTLED: {headers: {a: {file: a.html}}}}", false},
		{ofTests, string(files[1].Text), true},
		{ofTests, string(files[0].Text), false},
	} {
		document, found := source.Read("a.yaml", []byte(tc.text))
		if document == nil {
			t.Fatal(found)
		}
		if err := tc.schema.Validate(t, document.Text); (err == nil) != tc.good {
			t.Errorf("%s: %v, want good: %t", document.Text, err, tc.good)
		}
	}
}
