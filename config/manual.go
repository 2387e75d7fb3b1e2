// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package config

import "strings"

// Object is the manual of one kind of object of the format: docs/document.md and docs/document.schema.json are made of it.
// It is not part of the filter.
type Object struct {
	// Name is what the schema calls the object.
	Name string
	// Title is the heading of its chapter, "" for an object whose keys belong to the chapter before.
	Title string
	// About is the text of the chapter, in Markdown.
	About string
	// Path leads to the object from the root.
	Path string
	// Frame is a document in which %s stands for the members of such an object.
	Frame string
	// Extensions allows $schema and x-*.
	Extensions bool
	// Keys are the keys, in the order in which findings list them.
	Keys []Key
	// Constraint is what the schema says of several keys together: members of a JSON Schema, "" for nothing.
	Constraint string
}

// Key is the manual of one key.
type Key struct {
	// Name is the key.
	Name string
	// Type is what its value is.
	Type ValueType
	// Default is what holds without the key, in Markdown; "" where the key is required or its absence has nothing to say.
	Default string
	// Required reports whether an object must have the key.
	Required bool
	// Since is the first version of the filter that reads the key.
	Since string
	// About is what the key means, in Markdown.
	About string
	// Example is members of an object, the key among them, as JSON.
	Example string
}

// ValueType is what the value of a key is.
type ValueType struct {
	// Words says it for people.
	Words string
	// Schema says it as a JSON Schema (2020-12). "#/$defs/NAME" is the object of that name.
	Schema string
}

// Versions of the filter that first read a key.
const (
	first  = "0.1.0"
	second = "0.2.0"
)

// Objects lists the objects of the format, the root first.
func Objects() []Object {
	return []Object{
		rootManual, apiManual, entryManual, routeManual, matchManual, ruleManual, whenManual, conditionManual, declaredManual,
		authorizerManual, corsManual, preflightManual, grpcManual, headerOnlyManual, upstreamManual,
	}
}

// Patterns of the schema. They are those of ECMA-262 without look-around, which every validator has.
const (
	tokenPattern  = `[!#$%&'*+.^_\x60|~0-9A-Za-z-]+`
	textPattern   = `^[^\x00-\x08\x0a-\x1f\x7f]*$`
	placePattern  = `[^/\x00]+`
	literal       = `[^/?#{}\x00-\x1f\x7f]*`
	parameterName = `[0-9A-Za-z_.-]+`
)

// The types of values that many keys have.
var (
	textType    = ValueType{"string", `{"type": "string"}`}
	wordsType   = ValueType{"string, not empty", `{"type": "string", "minLength": 1}`}
	booleanType = ValueType{"`true` or `false`", `{"type": "boolean"}`}
	globsType   = ValueType{"list of globs", listOf(`{"type": "string"}`)}
	// namesType are globs on names, none of which is empty.
	namesType   = ValueType{"list of globs", listOf(`{"type": "string", "minLength": 1}`)}
	headersType = ValueType{"list of header names", setOf(matching("^" + tokenPattern + "$"))}
	typeType    = ValueType{"gateway response type", `{"$ref": "#/$defs/responseType"}`}
	sourceType  = enumeration("local", "upstream", "any")
)

// enumeration is a string that is one of values.
func enumeration(values ...string) ValueType {
	words := "`\"" + strings.Join(values, "\"`, `\"") + "\"`"
	if i := strings.LastIndex(words, ", "); i > 0 {
		words = words[:i] + " or " + words[i+2:]
	}
	return ValueType{words, `{"enum": ["` + strings.Join(values, `", "`) + `"]}`}
}

// objectType is a value that is an object of the format.
func objectType(name string) ValueType { return ValueType{"object, see below", reference(name)} }

// reference is the schema of an object of the format.
func reference(name string) string { return `{"$ref": "#/$defs/` + name + `"}` }

// listOf is the schema of a list that is not empty.
func listOf(element string) string {
	return `{"type": "array", "minItems": 1, "items": ` + element + `}`
}

// setOf is the schema of a list that is not empty and has nothing twice.
func setOf(element string) string {
	return `{"type": "array", "minItems": 1, "uniqueItems": true, "items": ` + element + `}`
}

// mapOf is the schema of an object whose names match a pattern.
func mapOf(names, value string) string {
	return `{"type": "object", "propertyNames": ` + names + `, "additionalProperties": ` + value + `}`
}

// matching is the schema of a string that matches a pattern.
func matching(pattern string) string {
	return `{"type": "string", "pattern": "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(pattern) + `"}`
}
