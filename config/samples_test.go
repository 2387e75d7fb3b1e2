// SPDX-License-Identifier: Apache-2.0

package config

import (
	"os"
	"path/filepath"
	"regexp"
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
			if _, findings := Decode(text); len(findings) > 0 {
				t.Errorf("findings:\n%s", render(findings))
			}
		})
	}
}

// TestFullSample holds that full.json shows every key of the root but emulate, which would make another gateway of it.
func TestFullSample(t *testing.T) {
	text, err := os.ReadFile("full.json")
	if err != nil {
		t.Fatal(err)
	}
	_, findings := Decode([]byte(`{"none": 0}`))
	for _, key := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(findings.String(), -1)[1:] {
		if key[1] != "emulate" && !strings.Contains(string(text), "\n  \""+key[1]+"\": ") {
			t.Errorf("full.json has no key %q", key[1])
		}
	}
}
