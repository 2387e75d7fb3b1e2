// SPDX-License-Identifier: Apache-2.0

package formats

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/tree"
)

// parsed reads a text that is one document.
func parsed(t testing.TB, text string) *tree.File {
	t.Helper()
	file, err := tree.Read("f", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return file
}

// exportedFrom is the extension that a document that was imported becomes.
func exportedFrom(t testing.TB, document object.Object) object.Object {
	t.Helper()
	result, err := openapi.Export(parsed(t, string(document.YAML(nil))).Documents[0], "")
	if err != nil {
		t.Fatal(err)
	}
	return result.Document
}

// responsesIn are the gateway responses of a document or a file, nil without any.
func responsesIn(t testing.TB, value any) map[string]map[string]any {
	t.Helper()
	if o, ok := value.(object.Object); !ok || len(o) == 0 {
		return nil
	}
	return meaning(t, object.Line(value))
}

// TestRoundTrip exports what was imported. The extension says the same; every other byte of a file that has it stays, and all of
// them when nothing was lost; a file without it gets it.
func TestRoundTrip(t *testing.T) {
	untouched := 0
	for _, s := range samples(t) {
		t.Run(strings.TrimSuffix(filepath.Base(s.path), ".txtar"), func(t *testing.T) {
			document := s.imported(t).Document
			extension := exportedFrom(t, document)
			want := responsesIn(t, document.Get("gatewayResponses"))
			if want != nil && document.Get("emulate") == "aws" { // others have types that AWS has not
				if diff := cmp.Diff(want, responsesIn(t, extension)); diff != "" {
					t.Errorf("the extension differs from what was imported (-want +got):\n%s", diff)
				}
			}
			for _, plain := range []string{"{\n    \"openapi\": \"3.0.1\"\n}\n", "# plain\nswagger: '2.0'\n"} {
				text, err := openapi.Into(parsed(t, plain), extension)
				if err != nil {
					t.Fatal(err)
				}
				again := importText(t, text)
				if diff := cmp.Diff(responsesIn(t, extension), responsesIn(t, again.Get("gatewayResponses"))); diff != "" {
					t.Errorf("the extension in\n%s\ndiffers (-want +got):\n%s", text, diff)
				}
			}
			if s.format != "openapi" {
				return
			}
			file := s.source.Files[0]
			text, err := openapi.Into(file, extension)
			if err != nil {
				t.Fatal(err)
			}
			if text == file.Text() {
				untouched++
			} else if len(s.golden["losses"]) == 0 {
				t.Errorf("nothing was lost, and yet the file becomes\n%s", text)
			}
		})
	}
	if untouched == 0 {
		t.Error("no OpenAPI sample comes back untouched")
	}
}

// importText imports an OpenAPI text.
func importText(t testing.TB, text string) object.Object {
	t.Helper()
	result, err := openapi.Format.Import(&convert.Source{Name: "f", Files: []*tree.File{parsed(t, text)}}, convert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return result.Document
}

// FuzzRoundTrip holds that import and then export give the same extension, whatever an OpenAPI file holds, and that a second round
// changes nothing. One file is the text itself, another has the values at the places that an import reads.
func FuzzRoundTrip(f *testing.F) {
	for _, s := range samples(f) {
		if s.format == "openapi" {
			f.Add(s.source.Files[0].Text(), "THROTTLED", "429", "gatewayresponse.header.X", "'x'", "application/json", "$context.path")
		}
	}
	f.Add("", "DEFAULT_4xx", "", "Headers", "context.x", "text/html", "<p>\n ${context.path|url} </p>\n")
	f.Fuzz(func(t *testing.T, text, responseType, status, key, value, media, template string) {
		checkRoundTrip(t, text)
		type is map[string]any
		entry := is{"statusCode": status, "responseParameters": is{key: value}, "responseTemplates": is{media: template, "application/json": value}}
		made, err := json.MarshalIndent(is{"openapi": "3.0.1", "paths": is{}, openapi.Extension: is{responseType: entry, "UNAUTHORIZED": is{}}}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		checkRoundTrip(t, string(made))
	})
}

// checkRoundTrip imports an OpenAPI file, exports what came of it into the file, and does so again.
func checkRoundTrip(t *testing.T, text string) {
	t.Helper()
	file, err := tree.Read("f", []byte(text))
	// AWS refuses headers of the original reply, so the export drops them.
	if err != nil || len(file.Documents) != 1 || !openapi.Is(file.Documents[0]) || strings.Contains(text, "response.header.") {
		return
	}
	document := importText(t, text)
	extension := exportedFrom(t, document)
	if diff := cmp.Diff(responsesIn(t, document.Get("gatewayResponses")), responsesIn(t, extension)); diff != "" {
		t.Errorf("the extension differs (-want +got):\n%s", diff)
	}
	made, err := openapi.Into(file, extension)
	if err != nil {
		return // brackets, or an anchor that the rest of the file needs
	}
	again, err := openapi.Into(parsed(t, made), exportedFrom(t, importText(t, made)))
	if err != nil {
		t.Fatal(err)
	}
	if again != made {
		t.Errorf("a second round gives\n%s\nwant\n%s", again, made)
	}
}
