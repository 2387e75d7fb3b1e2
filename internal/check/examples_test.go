// SPDX-License-Identifier: Apache-2.0

package check_test

import (
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/catalogue"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// notFromDocuments are codes up to GWR099 that no document makes here: the tests of package plugin make the first, those of package
// engine the second.
var notFromDocuments = []code.Code{code.NotLoaded, code.HostCannotTell}

// withoutExample are documents for codes whose example fits no page.
var withoutExample = map[code.Code]string{
	code.NoDocument:     "",
	code.SourceTooLarge: strings.Repeat("#", source.MaxSize+1),
	code.MoreFindings:   "{" + strings.Repeat(`"a":1,`, 1002) + `"b":1}`,
}

// TestExamples holds that the example of each code has a finding with this code. Those of gwr lint are tested there.
func TestExamples(t *testing.T) {
	for _, section := range catalogue.Sections() {
		for _, e := range section.Entries {
			text := e.Example
			if other, ok := withoutExample[e.Code]; ok {
				text = other
			} else if text == "" {
				if e.Code < 100 && !slices.Contains(notFromDocuments, e.Code) {
					t.Errorf("%s has no example", e.Code)
				}
				continue
			}
			if e.Code > 100 && e.Code < 200 {
				continue
			}
			if found := findings(t, text); !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Code == e.Code }) {
				t.Errorf("%s: %s\nhas no such finding, but %v", e.Code, text, found)
			}
		}
	}
}

// findings are those of a document in a folder of its own.
func findings(t *testing.T, text string) finding.List {
	t.Helper()
	name := "example.yaml"
	if text == "" || strings.HasPrefix(text, "{") {
		name = "example.json"
	}
	document, found := source.Files{Folder: t.TempDir()}.Read(name, []byte(text))
	if document != nil {
		found = append(found, check.Read(document).Findings...)
	}
	return found
}

// TestMisplaced holds that a key of another object at the root is led to its place, unless several have it or none.
func TestMisplaced(t *testing.T) {
	for _, tc := range []struct{ document, want string }{
		{"allowCredentials: true", `unknown key "allowCredentials" of the document; it is a key of "cors"`},
		{"statusCode: 404", `unknown key "statusCode" of the document; it is a key of "gatewayResponses.TYPE"`},
		{"pathPrefix: /a", `unknown key "pathPrefix" of the document; it is a key of "routes[].match"`},
		{"mod: off", `unknown key "mod"; did you mean "mode"?`},
		{"name: a", `unknown key "name"; use "version", `},
		{"cors: {pathPrefix: /a, allowOrigins: [https://a.example]}", `unknown key "pathPrefix"; use "allowOrigins", `},
	} {
		found := findings(t, tc.document)
		if len(found) != 1 || !strings.HasPrefix(found[0].Message, tc.want) {
			t.Errorf("%s: %v, want %s", tc.document, found, tc.want)
		}
	}
}
