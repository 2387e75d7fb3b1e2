// SPDX-License-Identifier: Apache-2.0

package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSamples decodes the sample documents of this folder.
func TestSamples(t *testing.T) {
	paths, err := filepath.Glob("*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), `"$schema": "../docs/document.schema.json"`) {
				t.Error("the sample does not name its schema")
			}
			if _, findings := Decode(text); len(findings) > 0 {
				t.Errorf("findings:\n%s", render(findings))
			}
		})
	}
}

// TestFullSample holds that full.json shows every key but emulate, which would make another gateway of it.
func TestFullSample(t *testing.T) {
	sample, err := os.ReadFile("full.json")
	if err != nil {
		t.Fatal(err)
	}
	for object, keys := range tables {
		for _, key := range keys {
			if key != "emulate" && !strings.Contains(string(sample), `"`+key+`": `) {
				t.Errorf("full.json has no key %q as in the object %s", key, object)
			}
		}
	}
}
