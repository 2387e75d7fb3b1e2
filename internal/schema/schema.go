// SPDX-License-Identifier: Apache-2.0

// Package schema writes the manual of documents, which stands in package config, as a JSON Schema (2020-12) for editors and validators,
// and that of test files likewise. docs/document.schema.json, docs/testfile.schema.json and gwr schema are what it writes.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/testfile"
)

// Text is the JSON Schema of documents as Envoy gets them.
func Text() ([]byte, error) { return documents(`{"type": "string"}`) }

// Written is that of documents as people write them, which gwr reads: a body may stand in a file of its own.
func Written() ([]byte, error) {
	return documents(`{"anyOf": [{"type": "string"}, {
		"description": "The file that has the body, by its path from the folder of the document.",
		"type": "object", "properties": {"file": {"type": "string", "minLength": 1}}, "required": ["file"], "additionalProperties": false
	}]}`)
}

// documents is the schema of documents whose bodies have a schema.
func documents(body string) ([]byte, error) {
	var defs []string
	for _, object := range config.Objects() {
		own := objectSchema(&object)
		switch object.Name {
		case "route":
			defs = append(defs, `"routeOfAWS": {`+strings.ReplaceAll(own, `"#/$defs/gatewayResponses"`, `"#/$defs/gatewayResponsesOfAWS"`)+`}`)
		case "requestHeader":
			defs = append(defs, `"responseHeader": {`+strings.ReplaceAll(own, `|:authority|:method|:path|:scheme`, ``)+`}`)
		}
	}
	return written("Gateway responses for Envoy, version 1", config.Objects(), append(defs, sharedDefs(body)...))
}

// Tests is the JSON Schema of test files.
func Tests() ([]byte, error) {
	return written("Tests of gateway responses for Envoy", testfile.Objects(), testfile.SharedSchemas())
}

// Exchange is that of one exchange, as tests have it.
func Exchange() ([]byte, error) {
	return written("An error that Envoy answers a request with", testfile.ExchangeObjects(), testfile.SharedSchemas())
}

// written is the schema of the first of some objects, the root. shared are further definitions.
func written(title string, objects []config.Object, shared []string) ([]byte, error) {
	members := []string{`"$schema": "https://json-schema.org/draft/2020-12/schema"`, `"title": ` + jsonwrite.String(title)}
	var defs []string
	for i := range objects {
		own := objectSchema(&objects[i])
		if i == 0 {
			members = append(members, own)
			continue
		}
		defs = append(defs, strconv.Quote(objects[i].Name)+`: {`+own+`}`)
	}
	members = append(members, `"$defs": {`+strings.Join(append(defs, shared...), ", ")+`}`)
	var text bytes.Buffer
	if err := json.Indent(&text, []byte("{"+strings.Join(members, ", ")+"}"), "", "  "); err != nil {
		return nil, err
	}
	return append(text.Bytes(), '\n'), nil
}

// objectSchema is the schema of an object, without its braces.
func objectSchema(object *config.Object) string {
	var properties, required []string
	for _, key := range object.Keys {
		about, _, _ := strings.Cut(key.About, "\n\n")
		description := jsonwrite.String(strings.ReplaceAll(about, "\n", " "))
		properties = append(properties, fmt.Sprintf(`%q: {"description": %s, %s`, key.Name, description, strings.TrimPrefix(key.Type.Schema, "{")))
		if key.Required {
			required = append(required, strconv.Quote(key.Name))
		}
	}
	members := []string{`"type": "object"`}
	if object.Extensions {
		properties = append(properties, `"$schema": true`)
		members = append(members, `"patternProperties": {"^x-": true}`)
	}
	members = append(members, `"properties": {`+strings.Join(properties, ", ")+`}`, `"additionalProperties": false`)
	if required != nil {
		members = append(members, `"required": [`+strings.Join(required, ", ")+`]`)
	}
	if object.Constraint != "" {
		members = append(members, object.Constraint)
	}
	return strings.Join(members, ", ")
}

// sharedDefs are the definitions that several keys refer to, with the schema of a body.
func sharedDefs(body string) []string {
	var types []string
	for _, t := range append(config.ResponseTypes(), config.PluralAlias) {
		types = append(types, strconv.Quote(string(t)))
	}
	var statuses []string
	for _, status := range config.GRPCStatuses() {
		statuses = append(statuses, strconv.Quote(status.String()))
	}
	return []string{
		`"responseType": {"anyOf": [{"enum": [` + strings.Join(types, ", ") + `]}, {"type": "string", "pattern": "^X_[A-Z0-9_]{1,62}$"}]}`,
		`"grpcStatus": {"anyOf": [{"enum": [` + strings.Join(statuses, ", ") + `]}, {"type": "integer", "minimum": 0, "maximum": 16}]}`,
		`"gatewayResponses": {"type": "object", "propertyNames": {"$ref": "#/$defs/responseType"}, "additionalProperties": {"$ref": "#/$defs/entry"}}`,
		`"gatewayResponsesOfAWS": {"type": "object", "propertyNames": {"anyOf": [{"not": {"pattern": "^X_"}}, {"$ref": "#/$defs/responseType"}]}, "additionalProperties": {"$ref": "#/$defs/entryOfAWS"}}`,
		`"entryOfAWS": {"type": "object", "properties": {"statusCode": {"type": ["string", "integer"]}, "responseParameters": {"type": "object"},
			"responseTemplates": {"type": "object", "additionalProperties": {"$ref": "#/$defs/body"}}, "headers": {"$ref": "#/$defs/entry/properties/headers"}}}`,
		`"metadata": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[^\\x00]+$"}, "additionalProperties": {"$ref": "#/$defs/metadataOfNamespace"}}`,
		`"metadataOfNamespace": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[^\\x00]+$"},
			"additionalProperties": {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/metadataOfNamespace"}]}}`,
		`"body": ` + body,
		`"loneStar": {"if": {"contains": {"const": "*"}}, "then": {"maxItems": 1}}`,
		`"noStar": {"items": {"not": {"const": "*"}}}`,
	}
}
