// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/golden"
)

// What stands around the table of values on its page.
const tableBegin, tableEnd = "<!-- begin values, made of values.schema.json by make generate -->\n", "<!-- end values -->\n"

// value is the part of the schema that the page shows of a value.
type value struct {
	Description string          `json:"description"`
	Enum        []string        `json:"enum"`
	Default     json.RawMessage `json:"default"`
	Properties  json.RawMessage `json:"properties"`
}

// TestPage writes the table of values, and holds that each says what it is for.
func TestPage(t *testing.T) {
	const path = "../../docs/helm.md"
	text := read(t, path)
	before, rest, begins := strings.Cut(text, tableBegin)
	_, after, ends := strings.Cut(rest, tableEnd)
	if !begins || !ends {
		t.Fatalf("%s has no place for the table of values", path)
	}
	var root value
	if err := json.Unmarshal([]byte(read(t, folder+"/values.schema.json")), &root); err != nil {
		t.Fatal(err)
	}
	table := "| value | default | meaning |\n|---|---|---|\n" + rows(t, "", root)
	golden.File(t, path, before+tableBegin+"\n"+table+"\n"+tableEnd+after)
}

// rows are those of the values in a value, in the order of the schema. One that holds others has a row only where it says something.
func rows(t *testing.T, name string, of value) string {
	t.Helper()
	if of.Properties == nil || of.Default != nil {
		return row(t, name, of)
	}
	var all strings.Builder
	if name != "" {
		all.WriteString("| **`" + name + "`** | | " + of.Description + " |\n")
	}
	decoder := jsontext.NewDecoder(bytes.NewReader(of.Properties))
	if _, err := decoder.ReadToken(); err != nil {
		t.Fatal(err)
	}
	for decoder.PeekKind() == '"' {
		token, err := decoder.ReadToken()
		if err != nil {
			t.Fatal(err)
		}
		key := token.String()
		text, err := decoder.ReadValue()
		if err != nil {
			t.Fatal(err)
		}
		var next value
		if err := json.Unmarshal(text, &next); err != nil {
			t.Fatal(err)
		}
		if key != "global" { // which Helm gives, and people do not
			all.WriteString(rows(t, strings.TrimPrefix(name+"."+key, "."), next))
		}
	}
	return all.String()
}

// row is that of one value.
func row(t *testing.T, name string, of value) string {
	t.Helper()
	if of.Description == "" || of.Default == nil {
		t.Errorf("%s has no description or no default", name)
	}
	about := of.Description
	if len(of.Enum) > 0 {
		about += " One of `" + strings.Join(of.Enum, "`, `") + "`."
	}
	var given any
	if err := json.Unmarshal(of.Default, &given); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	shown := "`" + string(text) + "`"
	if given == "" {
		shown = ""
	}
	return "| `" + name + "` | " + shown + " | " + about + " |\n"
}
