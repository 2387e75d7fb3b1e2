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

// objects are all objects of a document, each with a key that there is not.
var objects = []string{
	`{"none": 0}`,
	`{"api": {"none": 0}}`,
	`{"gatewayResponses": {"DEFAULT_4XX": {"none": 0}}}`,
	`{"routes": [{"none": 0}]}`,
	`{"routes": [{"match": {"none": 0}}]}`,
	`{"classification": [{"none": 0}]}`,
	`{"classification": [{"when": {"none": 0}}]}`,
	`{"classification": [{"when": {"requestHeaders": [{"none": 0}]}}]}`,
	`{"declared": {"none": 0}}`,
	`{"authorizer": {"none": 0}}`,
	`{"upstream": {"none": 0}}`,
	`{"headerOnly": {"none": 0}}`,
	`{"cors": {"none": 0}}`,
	`{"cors": {"preflight": {"none": 0}}}`,
	`{"grpc": {"none": 0}}`,
}

// keysOf are the keys that an object may have, as the finding about the one that there is not lists them.
func keysOf(t *testing.T, object string) []string {
	t.Helper()
	_, findings := Decode([]byte(object))
	_, list, found := strings.Cut(findings.String(), `unknown key "none"; use `)
	if !found {
		t.Fatalf("%s has no finding about its key:\n%s", object, findings)
	}
	return regexp.MustCompile(`\w\w+`).FindAllString(strings.ReplaceAll(list, " or ", " "), -1)
}

// TestFullSample holds that full.json shows every key but emulate, which would make another gateway of it, and that the
// manual page names them.
func TestFullSample(t *testing.T) {
	sample, err := os.ReadFile("full.json")
	if err != nil {
		t.Fatal(err)
	}
	manual, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, object := range objects {
		for _, key := range keysOf(t, object) {
			if key != "emulate" && !strings.Contains(string(sample), `"`+key+`": `) {
				t.Errorf("full.json has no key %q as in %s", key, object)
			}
			if !regexp.MustCompile(`\b` + key + `\b`).Match(manual) {
				t.Errorf("doc.go does not name the key %q as in %s", key, object)
			}
		}
	}
}

// TestPackageCommentFragments decodes the parts of documents that the manual page shows.
func TestPackageCommentFragments(t *testing.T) {
	manual, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	fragments := regexp.MustCompile(`(?m)(^//\t.*\n)+`).FindAllString(string(manual), -1)
	decoded := 0
	for _, fragment := range fragments {
		text := strings.ReplaceAll(fragment, "//\t", "")
		if !strings.HasPrefix(text, `"`) {
			continue
		}
		decoded++
		if _, findings := Decode([]byte("{" + text + "}")); len(findings) > 0 {
			t.Errorf("findings in\n%s\n%s", text, render(findings))
		}
	}
	if decoded < 7 {
		t.Errorf("%d fragments decoded, want 7 at least", decoded)
	}
}
