// SPDX-License-Identifier: Apache-2.0

// Package shape knows the JSON of Go types by their tags: it reads JSON into them, strictly, and describes them as JSON Schema.
// Both come from one reading of the tags, so a description cannot promise what is refused.
//
// Of a field the tag json gives the name; one with omitempty or omitzero, and a pointer, is optional. The tag about says in a sentence what it
// means, enum lists what a string may be, separated by spaces, and schema names what describes a json.RawMessage. Fields without a name in the tag json are none of the JSON.
package shape

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// field is a member of the JSON object that a struct is.
type field struct {
	name, about string
	// schema is the name of the schema of a json.RawMessage, "" for any JSON.
	schema string
	index  []int
	// optional reports whether it may be missing, maybeNull whether an answer may have null there: a pointer that is not left out.
	optional, maybeNull bool
	// enum is what a string may be, nil for anything.
	enum []string
}

// known remembers the fields of types.
var known sync.Map

// fieldsOf are the members of a struct, in the order of the fields; those of structs in it without a name are its own.
func fieldsOf(t reflect.Type) []field {
	if fields, ok := known.Load(t); ok {
		return fields.([]field) //nolint:forcetypeassert // nothing else is stored
	}
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		isPointer, isOmitted := f.Type.Kind() == reflect.Pointer, strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")
		switch {
		case f.Anonymous && name == "":
			for _, inner := range fieldsOf(f.Type) {
				inner.index = append([]int{i}, inner.index...)
				fields = append(fields, inner)
			}
		case name == "" || name == "-":
		default:
			fields = append(fields, field{
				name: name, about: f.Tag.Get("about"), schema: f.Tag.Get("schema"), index: []int{i}, enum: enumOf(f),
				optional:  isPointer || isOmitted,
				maybeNull: isPointer && !isOmitted,
			})
		}
	}
	known.Store(t, fields)
	return fields
}

// enumOf is what the tag enum lists.
func enumOf(f reflect.StructField) []string {
	enum, ok := f.Tag.Lookup("enum")
	if !ok {
		return nil
	}
	return strings.Fields(enum)
}

// namesOf are the names of fields.
func namesOf(fields []field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// find is the field with a name, -1 for none.
func find(fields []field, name string) int {
	return slices.IndexFunc(fields, func(f field) bool { return f.name == name })
}

// unknownType says that a type has no JSON that this package knows.
func unknownType(t reflect.Type) string { return fmt.Sprintf("shape: %s has no JSON", t) }
