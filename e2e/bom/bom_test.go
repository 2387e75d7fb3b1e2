// SPDX-License-Identifier: Apache-2.0

package bom

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/CycloneDX/cyclonedx-go"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// written is the bill that make image has written.
func written(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("../../dist/plugin.cdx.json")
	if err != nil {
		t.Fatalf("%v; run make image", err)
	}
	return text
}

// address is where the schemas name each other.
const address = "http://cyclonedx.org/schema/"

// schema is CycloneDX's own, as its library has it.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/CycloneDX/cyclonedx-go").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(strings.TrimSpace(string(out)), "schema")
	compiler := jsonschema.NewCompiler()
	for name, file := range map[string]string{"bom-1.6": "bom-1.6.schema.json", "spdx": "spdx.schema.json", "jsf-0.82": "jsf-0.82.schemax.json"} {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err == nil {
			err = compiler.AddResource(address+name+".schema.json", value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	compiled, err := compiler.Compile(address + "bom-1.6.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// TestSchema: the schema takes the bill, and refuses it with a mistake.
func TestSchema(t *testing.T) {
	of, bill := schema(t), written(t)
	for change, want := range map[string]string{
		"": "", `"alg": "SHA-256"`: "/hashes/0/alg", `"id": "BSD-3-Clause"`: "/licenses", `"bom-ref"`: "additional properties",
	} {
		text := bill
		if change != "" {
			text = bytes.Replace(bill, []byte(change), []byte(change[:len(change)-2]+`x"`), 1)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		err = of.Validate(value)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("with another %s: %v, want %q", change, err, want)
		}
	}
}

// TestTypes: the types of CycloneDX know every key of the bill.
func TestTypes(t *testing.T) {
	decoder := json.NewDecoder(bytes.NewReader(written(t)))
	decoder.DisallowUnknownFields()
	var bill cyclonedx.BOM
	if err := decoder.Decode(&bill); err != nil {
		t.Fatal(err)
	}
	if bill.SpecVersion != cyclonedx.SpecVersion1_6 || bill.Components == nil || len(*bill.Components) < 2 || bill.Metadata.Component.Name != "gateway-responses" {
		t.Errorf("read %+v", bill)
	}
}
