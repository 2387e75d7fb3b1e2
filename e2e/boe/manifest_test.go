// SPDX-License-Identifier: Apache-2.0

package boe

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/schematest"
	"gatewayresponses/internal/version"
)

// folder is that of the extension.
const folder = "../../deploy/boe/"

// manifest has the fields of a manifest of a Wasm extension (extensions/manifest.schema.json there).
type manifest struct {
	Name            string
	Version         string
	MinEnvoyVersion string `yaml:"minEnvoyVersion"`
	MaxEnvoyVersion string `yaml:"maxEnvoyVersion"`
	Categories      []string
	Author          string
	Featured        bool
	Description     string
	LongDescription string `yaml:"longDescription"`
	Type            string
	FilterType      []string `yaml:"filterType"`
	Tags            []string
	License         string
	Examples        []example
}

// example is one that people can run.
type example struct{ Title, Description, Code string }

// categories are those that an extension can be in.
var categories = []string{"AI", "Authentication", "Decoder", "Examples", "Misc", "Network", "Observability", "Performance", "Traffic Control", "Transform", "Security"}

// readManifest reads the manifest; a field that manifests do not have ends the test.
func readManifest(t *testing.T) manifest {
	t.Helper()
	file, err := os.Open(folder + "manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	decoder := yaml.NewDecoder(file)
	decoder.KnownFields(true)
	var m manifest
	if err := decoder.Decode(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestManifest holds the manifest to what the schema of manifests asks for.
func TestManifest(t *testing.T) {
	m := readManifest(t)
	for _, field := range []struct{ name, value, pattern string }{
		{"name", m.Name, `[a-z][.a-z0-9_-]*`},
		{"version", m.Version, `\d+\.\d+\.\d+`},
		{"minEnvoyVersion", m.MinEnvoyVersion, `\d+\.\d+\.\d+`},
		{"maxEnvoyVersion", m.MaxEnvoyVersion, `(\d+\.\d+\.\d+)?`},
		{"author", m.Author, `.+`},
		{"description", m.Description, `.{1,200}`},
		{"longDescription", m.LongDescription, `(?s).+`},
		{"type", m.Type, `wasm`},
		{"license", m.License, `Apache-2\.0`},
	} {
		if !regexp.MustCompile(`^(?:` + field.pattern + `)$`).MatchString(field.value) {
			t.Errorf("%s is %q, want a match of %s", field.name, field.value, field.pattern)
		}
	}
	if m.Version != version.Number {
		t.Errorf("version is %s, that of the filter %s", m.Version, version.Number)
	}
	if m.FilterType != nil {
		t.Errorf("filterType is %q; without it is http, which is right", m.FilterType)
	}
	if len(m.Categories) == 0 {
		t.Error("it is in no category")
	}
	for _, category := range m.Categories {
		if !slices.Contains(categories, category) {
			t.Errorf("there is no category %q", category)
		}
	}
	unique := slices.Compact(slices.Sorted(slices.Values(m.Tags)))
	if len(m.Tags) == 0 || len(unique) != len(m.Tags) {
		t.Errorf("tags are %q, want some, each once", m.Tags)
	}
	for _, tag := range m.Tags {
		if !regexp.MustCompile(`^[a-z][a-z0-9-]*$`).MatchString(tag) {
			t.Errorf("%q is no tag", tag)
		}
	}
}

// TestExamples: what the examples configure is a document, as the schema beside the manifest has it.
func TestExamples(t *testing.T) {
	text, err := os.ReadFile(folder + "config.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := schematest.Compile(t, text)
	for _, e := range readManifest(t).Examples {
		if e.Title == "" || e.Description == "" {
			t.Errorf("an example has no title or no description: %q", e)
		}
		if err := schema.Validate(t, []byte(configOf(t, e))); err != nil {
			t.Errorf("%s: %v", e.Title, err)
		}
	}
	if schema.Validate(t, []byte(`{"gatewayresponses": {}}`)) == nil {
		t.Error("the schema takes a key that no document has")
	}
}

// configOf is what an example gives boe as --config.
func configOf(t *testing.T, e example) string {
	t.Helper()
	command, config, found := strings.Cut(e.Code, " --config '")
	config, end := strings.CutSuffix(strings.TrimSpace(config), "'")
	if command != "boe run --extension gateway-responses" || !found || !end || strings.Contains(config, "'") {
		t.Fatalf("the example %q is no command with a --config in single quotes: %s", e.Title, e.Code)
	}
	return config
}
