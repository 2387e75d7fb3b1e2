// SPDX-License-Identifier: Apache-2.0

package shape

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"time"
)

// Schema is a JSON Schema, or a part of one.
type Schema = map[string]any

// Schemas describes types, and holds those that have a name, which others refer to.
type Schemas struct {
	// Named are the schemas of the types with a name.
	Named map[string]Schema
	// Of are schemas of types that know more than their tags say, such as the words of a string type.
	Of map[reflect.Type]Schema
	// Name gives a type its name, Refer leads to a name.
	Name  func(reflect.Type) string
	Refer func(name string) string

	types map[string]reflect.Type
}

// For is the schema of a type. Structs with a name become a reference, and stand in Named.
func (s *Schemas) For(t reflect.Type) Schema {
	if known, ok := s.Of[t]; ok {
		return known
	}
	switch {
	case t == reflect.TypeFor[json.RawMessage](), t.Kind() == reflect.Interface:
		return Schema{}
	case t == reflect.TypeFor[time.Time]():
		return Schema{"type": "string", "format": "date-time"}
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return Schema{"type": "string"}
	case t.Implements(reflect.TypeFor[json.Marshaler]()):
		panic(unknownType(t))
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.For(t.Elem())
	case reflect.String:
		return Schema{"type": "string"}
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return Schema{"type": "integer"}
	case reflect.Uint64:
		return Schema{"type": "integer", "minimum": 0}
	case reflect.Float64:
		return Schema{"type": "number"}
	case reflect.Slice:
		return Schema{"type": "array", "items": s.For(t.Elem())}
	case reflect.Map:
		return Schema{"type": "object", "additionalProperties": s.For(t.Elem())}
	case reflect.Struct:
		return s.named(t)
	default:
		panic(unknownType(t))
	}
}

// named is a reference to the schema of a struct, or the schema itself where the type has no name of its own.
func (s *Schemas) named(t reflect.Type) Schema {
	if t.Name() == "" || strings.Contains(t.Name(), "[") {
		return s.Object(t)
	}
	name := s.Name(t)
	if other, ok := s.types[name]; ok && other != t {
		panic(fmt.Sprintf("shape: %s and %s have the name %s", t, other, name))
	}
	if _, ok := s.types[name]; !ok {
		if s.types == nil {
			s.types, s.Named = map[string]reflect.Type{}, map[string]Schema{}
		}
		s.types[name] = t
		s.Named[name] = s.Object(t)
	}
	return Schema{"$ref": s.Refer(name)}
}

// Object is the schema of a struct, not a reference to it.
func (s *Schemas) Object(t reflect.Type) Schema {
	properties, required := Schema{}, []string{}
	for _, f := range fieldsOf(t) {
		property := maps.Clone(s.For(t.FieldByIndex(f.index).Type))
		switch {
		case f.schema == "":
		case property["items"] != nil:
			property["items"] = Schema{"$ref": s.Refer(f.schema)}
		default:
			property["$ref"] = s.Refer(f.schema)
		}
		if f.enum != nil {
			property = withEnum(property, f.enum)
		}
		if f.maybeNull {
			property = Schema{"anyOf": []any{property, Schema{"type": "null"}}}
		}
		if f.about != "" {
			property["description"] = f.about
		}
		properties[f.name] = property
		if !f.optional {
			required = append(required, f.name)
		}
	}
	schema := Schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema
}

// withEnum limits a string, or the strings of a list or map, to some words.
func withEnum(property Schema, enum []string) Schema {
	for _, inner := range []string{"items", "additionalProperties"} {
		if of, ok := property[inner].(Schema); ok {
			property[inner] = withEnum(Schema{"type": of["type"]}, enum)
			return property
		}
	}
	property["enum"] = enum
	return property
}
