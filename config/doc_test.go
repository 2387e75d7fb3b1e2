// SPDX-License-Identifier: Apache-2.0

package config

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestPackageComment holds that the manual page names everything that a table holds.
func TestPackageComment(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	manual := string(text)
	for _, header := range reservedHeaders {
		if !strings.Contains(manual, " "+header.name) {
			t.Errorf("the reserved header %q is missing", header.name)
		}
	}
	for _, source := range sources {
		if !strings.Contains(manual, `"`+source.prefix+`"`) {
			t.Errorf("the source %q is missing", source.prefix)
		}
	}
	_, findings := Decode([]byte(`{"none": 0}`))
	keys := regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(findings.String(), -1)
	if len(keys) < 10 {
		t.Fatalf("the keys cannot be read from %q", findings)
	}
	for _, key := range keys[1:] {
		if !strings.Contains(manual, "\n//\t"+key[1]+" ") {
			t.Errorf("the key %q is missing", key[1])
		}
	}
}

// TestPackageCommentExample decodes the document of the manual page.
func TestPackageCommentExample(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(text), "//\t{\n")
	example, _, found := strings.Cut(example, "//\t}\n")
	if !found {
		t.Fatal("doc.go has no example")
	}
	_, findings := Decode([]byte("{" + strings.ReplaceAll(example, "//\t", "") + "}"))
	if len(findings) > 0 {
		t.Errorf("findings in the example:\n%s", render(findings))
	}
}
