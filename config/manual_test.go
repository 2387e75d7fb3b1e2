// SPDX-License-Identifier: Apache-2.0

package config

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/grammar"
)

// tables are the keys that documents are read with, by the name that the manual has for their object.
var tables = map[string][]string{
	"root": rootObject.names(), "api": apiObject.names(), "entry": entryObject.names(), "route": routeObject.names(), "match": matchObject.names(),
	"rule": ruleObject.names(), "when": whenObject.names(), "requestHeader": conditionObject.names(), "declared": declaredObject.names(),
	"authorizer": authorizerObject.names(), "cors": corsObject.names(), "preflight": preflightObject.names(), "grpc": grpcObject.names(),
	"headerOnly": headerOnlyObject.names(), "upstream": upstreamObject.names(),
}

// TestManualNamesAllKeys holds that the manual has the keys that documents are read with, in the same order.
func TestManualNamesAllKeys(t *testing.T) {
	got := map[string][]string{}
	for _, object := range Objects() {
		for _, key := range object.Keys {
			got[object.Name] = append(got[object.Name], key.Name)
		}
	}
	if diff := cmp.Diff(tables, got); diff != "" {
		t.Errorf("keys of the manual (-read +manual):\n%s", diff)
	}
}

// TestManualIsComplete holds that every key says all that an author needs, and that a document cannot lack what is required.
func TestManualIsComplete(t *testing.T) {
	for _, object := range Objects() {
		for _, key := range object.Keys {
			if key.Type.Words == "" || key.Since == "" || key.About == "" || !json.Valid([]byte(key.Type.Schema)) {
				t.Errorf("%s.%s: %+v", object.Name, key.Name, key)
			}
			if !strings.HasSuffix(strings.TrimSpace(key.About), ".") {
				t.Errorf("%s.%s: %q is no sentence", object.Name, key.Name, key.About)
			}
		}
	}
}

// TestManualExamples decodes the example of each key, in a document of its own.
func TestManualExamples(t *testing.T) {
	for _, object := range Objects() {
		for _, key := range object.Keys {
			t.Run(object.Name+"."+key.Name, func(t *testing.T) {
				var members map[string]any
				if err := json.Unmarshal([]byte("{"+key.Example+"}"), &members); err != nil {
					t.Fatal(err)
				}
				if _, there := members[key.Name]; !there {
					t.Errorf("the example %s does not have the key", key.Example)
				}
				_, findings := Decode(fmt.Appendf(nil, object.Frame, key.Example))
				if len(findings) > 0 {
					t.Errorf("findings:\n%s", render(findings))
				}
			})
		}
	}
}

const pagePath = "../docs/document.md"

const pageHead = `# The document

<!-- Made from the manual in config by "go test ./config -update". -->

The reference for those who write documents: every key, what it means, what holds without it, and an example. [variables.md](variables.md) lists what
templates can quote, [classification.md](classification.md) which error has which type. Editors that know JSON Schema complete and check documents that begin with
` + "`\"$schema\": \"document.schema.json\"`" + `, the path or URL of [document.schema.json](document.schema.json). *Since* is the first version of the filter that reads a key.

A document that has errors is refused as a whole, and the last good one goes on. Within version 1 of the format keys are only added. A filter that does not know a
key refuses the document, so that no filter ever runs half of one.
`

// TestPage holds that docs/document.md is made of the manual.
func TestPage(t *testing.T) {
	var page strings.Builder
	page.WriteString(pageHead)
	page.WriteString("\n| object | keys |\n|---|---|\n")
	for _, object := range Objects() {
		path := "the root"
		if object.Path != "" {
			path = "`" + object.Path + "`"
		}
		fmt.Fprintf(&page, "| %s | %s |\n", path, keyLinks(&object))
	}
	for _, object := range Objects() {
		writeObject(&page, &object)
	}
	page.WriteString(pageTail)
	golden.File(t, pagePath, page.String())
}

const pageTail = `
## Findings

Everything that is wrong with a document is reported at once. The list ends at a syntax error and after a thousand findings, and logs show the first 100, of a route
document the first 20. Each finding has a path, a line, a column and a code, which
[findings.md](findings.md) explains: lines and columns count from 1, a column is a byte, and "\n" and "\r\n" end a line. Keys made of letters, digits and "_" stand in the path behind a dot, others in brackets, as in
` + "`gatewayResponses.THROTTLED.responseTemplates[\"application/json\"]`" + `. An element of an array is its number from 0 in brackets. Of a key that is longer than 64 bytes there is only the
beginning, in brackets, and "..." behind it. The texts of findings may change.
`

// keyLinks lists the keys of an object, each a link to its paragraph.
func keyLinks(object *Object) string {
	links := make([]string, len(object.Keys))
	for i, key := range object.Keys {
		links[i] = fmt.Sprintf("[%s](#%s)", key.Name, anchor(object, key.Name))
	}
	return strings.Join(links, ", ")
}

// anchor is what links to a key name: headings say the object too, so that each is there once.
func anchor(object *Object, name string) string { return strings.ToLower(object.Name + "-" + name) }

// writeObject writes the chapter of an object.
func writeObject(page *strings.Builder, object *Object) {
	if object.Title != "" {
		fmt.Fprintf(page, "\n## %s\n", object.Title)
	}
	if object.About != "" {
		fmt.Fprintf(page, "\n%s\n", object.About)
	}
	for _, key := range object.Keys {
		path := "`" + strings.TrimPrefix(object.Path+"."+key.Name, ".") + "`"
		fmt.Fprintf(page, "\n<a id=\"%s\"></a>\n\n### %s\n\n%s\n\n%s\n\n```json\n%s\n```\n", anchor(object, key.Name), path, facts(&key), key.About, key.Example)
	}
}

// facts is the line about type, default and version of a key.
func facts(key *Key) string {
	line := "*" + key.Type.Words + "*"
	switch {
	case key.Required:
		line += " · required"
	case key.Default != "":
		line += " · without it: " + key.Default
	}
	return line + " · since " + key.Since
}

// TestManualNamesTables holds that the manual names everything that a table of the decoder holds.
func TestManualNamesTables(t *testing.T) {
	for _, header := range grammar.ReservedHeaders() {
		if !strings.Contains(entryManual.About, "`"+header+"`") {
			t.Errorf("the reserved header %q is missing", header)
		}
	}
	parameters := entryManual.Keys[slices.IndexFunc(entryManual.Keys, func(k Key) bool { return k.Name == "responseParameters" })]
	for _, prefix := range grammar.SourcePrefixes() {
		if !strings.Contains(parameters.About, "`"+prefix+"NAME`") {
			t.Errorf("the source %q is missing", prefix)
		}
	}
	for i, name := range grpcStatusNames {
		if !strings.Contains(grpcManual.Keys[0].About, fmt.Sprintf("%s (%d)", name, i)) {
			t.Errorf("the gRPC status %s is missing", name)
		}
	}
}
