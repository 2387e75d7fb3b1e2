// SPDX-License-Identifier: Apache-2.0

// Package schematest holds JSON against JSON Schemas, for tests.
package schematest

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema is a JSON Schema. Its "format"s count.
type Schema struct{ compiled *jsonschema.Schema }

// Compile reads a JSON Schema.
func Compile(t testing.TB, text []byte) Schema {
	t.Helper()
	const name = "schema.json"
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, parse(t, text)); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return Schema{compiled}
}

// Validate says why the schema refuses a text, which must be JSON; nil when it takes it.
func (s Schema) Validate(t testing.TB, text []byte) error {
	t.Helper()
	return s.compiled.Validate(parse(t, text))
}

// parse reads JSON.
func parse(t testing.TB, text []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}
