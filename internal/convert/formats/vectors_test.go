// SPDX-License-Identifier: Apache-2.0

package formats

import (
	"path/filepath"
	"strings"
	"testing"
)

// vectors are the observations of AWS's own tools and imports that we know of, with the sample that holds each.
var vectors = map[string]string{
	"im-sam-all":                   "sam-all",
	"im-sam-minimal":               "sam-minimal",
	"im-sam-implicit-globals":      "sam-implicit-globals",
	"im-sam-err-nonnumeric-status": "sam-refused",
	"im-sam-err-params-not-map":    "sam-refused",
	"im-oas-doc-456":               "openapi-documented",
	"im-pulumi-dotted-header":      "openapi-dotted-header",
	"im-redeploy-needed":           "aws-cli-list",
}

// TestVectors holds that each vector has its sample, which TestSamples imports and TestRoundTrip exports again, and that no sample
// names another vector.
func TestVectors(t *testing.T) {
	named := map[string]string{}
	for _, s := range samples(t) {
		for word := range strings.FieldsFuncSeq(string(s.archive.Comment), func(r rune) bool { return r == ' ' || r == ',' || r == '\n' }) {
			if strings.HasPrefix(word, "im-") {
				named[word] = strings.TrimSuffix(filepath.Base(s.path), ".txtar")
			}
		}
	}
	for vector, sample := range vectors {
		if named[vector] != sample {
			t.Errorf("vector %s is in sample %q, want %s", vector, named[vector], sample)
		}
	}
	for vector, sample := range named {
		if vectors[vector] == "" {
			t.Errorf("sample %s names vector %s, which is none", sample, vector)
		}
	}
}
