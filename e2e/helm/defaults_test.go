// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// schema is the part of a JSON Schema that says what a value is by default.
type schema struct {
	Default    any
	Properties map[string]schema
}

// defaults are those of a value: its own, or those of the values in it.
func (s schema) defaults() any {
	if s.Default != nil || s.Properties == nil {
		return s.Default
	}
	all := map[string]any{}
	for name, in := range s.Properties {
		if value := in.defaults(); value != nil {
			all[name] = value
		}
	}
	return all
}

// TestDefaults holds that the schema, of which docs/helm.md is made, has the defaults that the chart has.
func TestDefaults(t *testing.T) {
	text, err := os.ReadFile(chart + "/values.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var of schema
	if err := json.Unmarshal(text, &of); err != nil {
		t.Fatal(err)
	}
	var values any
	if err := yaml.UnmarshalStrict([]byte(must(t, "show", "values", chart)), &values); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(values, of.defaults()); diff != "" {
		t.Errorf("values.yaml (-) and values.schema.json (+):\n%s", diff)
	}
}
