// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
)

// key is a key of the format: what it means, what its value is, as a JSON Schema, and what reads it into the object that it
// belongs to.
type key[T any] struct {
	name, about, schema string
	read                func(d *decoder, at Text, into T)
}

// object is a kind of object of the format.
type object[T any] struct {
	name string
	keys []key[T]
	// required are the keys that every object has.
	required []string
	// extensions allows $schema and x-*, which mean nothing here.
	extensions bool
	// constraint is what the schema says of several keys together.
	constraint string
}

// read reads an object, and returns which of its keys were there. isWhole reports whether it is an object that has no error so far.
func (o *object[T]) read(d *decoder, at Text, into T) (there []string, isWhole bool) {
	isObject, before := d.Kind() == '{', d.Errors()
	d.Object(at, func(name Text) {
		for i := range o.keys {
			if o.keys[i].name == name.Value {
				there = append(there, name.Value)
				o.keys[i].read(d, name, into)
				return
			}
		}
		if o.extensions && config.IsExtension(name.Value) {
			d.Skip(name)
			return
		}
		d.UnknownKey(name, o.names())
	})
	return there, isObject && !d.Broken() && d.Errors() == before
}

// names lists the keys.
func (o *object[T]) names() []string {
	names := make([]string, len(o.keys))
	for i := range o.keys {
		names[i] = o.keys[i].name
	}
	return names
}

// manual is the object as the schema has it.
func (o *object[T]) manual() config.Object {
	m := config.Object{Name: o.name, Extensions: o.extensions, Constraint: o.constraint}
	for i := range o.keys {
		k := &o.keys[i]
		m.Keys = append(m.Keys, config.Key{
			Name: k.name, About: k.about, Type: config.ValueType{Schema: k.schema}, Required: slices.Contains(o.required, k.name),
		})
	}
	return m
}

// Objects lists the objects of the format, the root first.
func Objects() []config.Object {
	return []config.Object{
		rootObject.manual(), testObject.manual(), requestObject.manual(), errorObject.manual(), envoyObject.manual(),
		wantObject.manual(), headerObject.manual(), bodyObject.manual(),
	}
}

// The schemas of values that many keys have.
const (
	aText     = `{"$ref": "#/$defs/text"}`
	aName     = `{"$ref": "#/$defs/name"}`
	someTexts = `{"$ref": "#/$defs/texts"}`
	anObject  = `{"type": "object"}`
	lines     = `{"type": "object", "propertyNames": {"$ref": "#/$defs/headerName"}, "additionalProperties": {"$ref": "#/$defs/texts"}}`
)

// SharedSchemas are the definitions that the schemas of Objects refer to: members of a JSON Schema's $defs.
func SharedSchemas() []string {
	return []string{
		`"text": {"type": ["string", "number", "boolean"]}`,
		`"name": {"anyOf": [{"type": "string", "minLength": 1}, {"type": ["number", "boolean"]}]}`,
		`"texts": {"anyOf": [{"$ref": "#/$defs/text"}, {"type": "array", "items": {"$ref": "#/$defs/text"}}]}`,
		`"headerName": {"pattern": "^[!#$%&'*+.^_\\x60|~0-9A-Za-z-]+$"}`,
		`"scalars": {"type": "object", "additionalProperties": {"$ref": "#/$defs/text"}}`,
		`"metadata": {"type": "object", "additionalProperties": {"$ref": "#/$defs/metadataOfNamespace"}}`,
		`"metadataOfNamespace": {"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/metadataOfNamespace"}]}}`,
	}
}

// status is the schema of a status whose first digit is at least the lowest: a number, or a text of one.
func status(lowest string) string {
	return `{"anyOf": [{"type": "integer", "minimum": ` + lowest + `00, "maximum": 599}, {"type": "string", "pattern": "^[` + lowest + `-5][0-9]{2}$"}]}`
}

// The objects of the format. The names of its keys stand here and nowhere else that a file is read with.
var (
	rootObject = object[*File]{name: "root", extensions: true, required: []string{"tests"}, keys: []key[*File]{
		{
			"document", "The document under test, by its path from the folder of the test file, or a list of files that gwr build joins.",
			`{"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "minLength": 1}}]}`,
			func(d *decoder, at Text, f *File) { f.Documents = d.documents(at) },
		},
		{
			"tests", "The tests. Their names differ.", `{"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/test"}}`,
			func(d *decoder, at Text, _ *File) { d.List(at, d.test) },
		},
	}}

	testObject = object[*Test]{name: "test", required: []string{"name", "error", "want"}, keys: []key[*Test]{
		{"name", "What the test is called.", aName, func(d *decoder, at Text, t *Test) { t.Name = d.nonEmpty(at) }},
		{
			"request", `The request: "METHOD PATH", or an object.`,
			`{"anyOf": [{"type": "string", "pattern": "^[!#$%&'*+.^_\\x60|~0-9A-Za-z-]+ (/|\\*$)"}, {"$ref": "#/$defs/request"}]}`,
			func(d *decoder, at Text, t *Test) { d.request(at, &t.Exchange.Request) },
		},
		{
			"error", "A gateway response type, which stands for a typical error of the type, or what Envoy knows of the error.",
			`{"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/error"}]}`,
			func(d *decoder, at Text, t *Test) { t.Error = at; d.error(at, &t.Exchange.Error) },
		},
		{
			"envoy", "What Envoy knows besides.", `{"$ref": "#/$defs/envoy"}`,
			func(d *decoder, at Text, t *Test) { d.envoy(at, &t.Exchange.Envoy) },
		},
		{
			"want", "What the client sees, and how it comes about.", `{"$ref": "#/$defs/want"}`,
			func(d *decoder, at Text, t *Test) { d.want(at, &t.Want) },
		},
	}}

	requestObject = object[*exchange.Request]{name: "request", keys: []key[*exchange.Request]{
		{"method", "The method, GET by default.", `{"type": "string", "pattern": "^[!#$%&'*+.^_\\x60|~0-9A-Za-z-]+$"}`, func(d *decoder, at Text, r *exchange.Request) {
			r.Method = d.method(at)
		}},
		{"path", "The path, with the query.", `{"type": "string", "pattern": "^(/|\\*$)"}`, func(d *decoder, at Text, r *exchange.Request) {
			r.Path = d.requestPath(d.nonEmpty(at))
		}},
		{"host", "The host.", aName, func(d *decoder, at Text, r *exchange.Request) { r.Host = d.field(d.nonEmpty(at)) }},
		{"scheme", "The scheme.", `{"enum": ["http", "https"]}`, func(d *decoder, at Text, r *exchange.Request) {
			r.Scheme = d.choice(at, "http", "https")
		}},
		{"protocol", "The protocol.", `{"enum": ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"]}`, func(d *decoder, at Text, r *exchange.Request) {
			r.Protocol = d.choice(at, "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3")
		}},
		{"headers", "A value, or a list of values, for each name. The host has a key of its own.", lines, func(d *decoder, at Text, r *exchange.Request) {
			r.Headers = d.headers(at, "host")
		}},
		{"source", `The address of the client, "ip:port".`, aName, func(d *decoder, at Text, r *exchange.Request) { r.Source = d.nonEmpty(at).Value }},
		{"time", `When the request began, as "2026-01-02T03:04:05Z".`, `{"type": "string", "minLength": 1}`, func(d *decoder, at Text, r *exchange.Request) {
			r.Time = d.time(at)
		}},
	}}

	errorObject = object[*exchange.Error]{
		name:       "error",
		constraint: `"anyOf": [{"required": ["type"]}, {"required": ["details"]}, {"required": ["status"]}]`,
		keys: []key[*exchange.Error]{
			{"type", "A gateway response type, which stands for a typical error of the type.", `{"type": "string", "minLength": 1}`, func(d *decoder, at Text, e *exchange.Error) {
				e.Type = config.ResponseType(d.nonEmpty(at).Value)
			}},
			{"details", "The response code details.", aText, func(d *decoder, at Text, e *exchange.Error) { e.Details = d.scalar(at).Value }},
			{"flags", `The response flags, "UF,URX" or a list.`, someTexts, func(d *decoder, at Text, e *exchange.Error) { e.Flags = d.flags(at) }},
			{"status", "The status that Envoy or the upstream gives.", status("3"), func(d *decoder, at Text, e *exchange.Error) { e.Status, _ = d.status(at, 300) }},
			{"owner", "The filter that sends the reply.", aText, func(d *decoder, at Text, e *exchange.Error) { e.Owner = d.scalar(at).Value }},
			{"headers", "The headers of the reply.", lines, func(d *decoder, at Text, e *exchange.Error) { e.Headers = d.headers(at) }},
			{"body", "The body of the reply.", aText, func(d *decoder, at Text, e *exchange.Error) { e.Body = &d.pointer(at).Value }},
			{"source", "Who sends the reply.", `{"enum": ["local", "upstream"]}`, func(d *decoder, at Text, e *exchange.Error) {
				e.Upstream = d.choice(at, "local", "upstream") == "upstream"
			}},
		},
	}

	envoyObject = object[*exchange.Envoy]{name: "envoy", keys: []key[*exchange.Envoy]{
		{"routeName", "The name of Envoy's route.", aName, func(d *decoder, at Text, e *exchange.Envoy) { e.RouteName = d.nonEmpty(at).Value }},
		{"virtualHost", "The name of Envoy's virtual host.", aName, func(d *decoder, at Text, e *exchange.Envoy) { e.VirtualHost = d.nonEmpty(at).Value }},
		{"cluster", "The name of Envoy's cluster.", aName, func(d *decoder, at Text, e *exchange.Envoy) { e.Cluster = d.nonEmpty(at).Value }},
		{"upstream", "The address of the upstream's host.", aName, func(d *decoder, at Text, e *exchange.Envoy) { e.Upstream = d.nonEmpty(at).Value }},
		{"route", "What the metadata of Envoy's route names: a route of the document, off or observe.", aName, func(d *decoder, at Text, e *exchange.Envoy) {
			e.DocumentRoute = d.nonEmpty(at).Value
		}},
		{"routeDocument", "The route document in that metadata.", aName, func(d *decoder, at Text, e *exchange.Envoy) { e.RouteDocument = d.nonEmpty(at).Value }},
		{"routeMetadata", "Other metadata of Envoy's route, by namespace.", `{"$ref": "#/$defs/metadata"}`, func(d *decoder, at Text, e *exchange.Envoy) {
			d.nested(at, nil, func(keys []string, value string) { e.Attributes[facts.RouteMetadataPath(keys...)] = value })
		}},
		{"metadata", "Dynamic metadata, by namespace.", `{"$ref": "#/$defs/metadata"}`, func(d *decoder, at Text, e *exchange.Envoy) {
			d.nested(at, nil, func(keys []string, value string) { e.Attributes[facts.MetadataPath(strings.Join(keys, "/"))] = value })
		}},
		{"filterState", "Filter state, by key.", `{"$ref": "#/$defs/scalars"}`, func(d *decoder, at Text, e *exchange.Envoy) {
			d.Object(at, func(name Text) { e.Attributes[facts.AttributePath("filter_state", name.Value)] = d.attribute(name) })
		}},
		{"attributes", "Attributes, by their names with dots.", `{"$ref": "#/$defs/scalars"}`, func(d *decoder, at Text, e *exchange.Envoy) {
			d.Object(at, func(name Text) {
				e.Attributes[facts.AttributePath(strings.Split(name.Value, ".")...)] = d.attribute(name)
			})
		}},
	}}
)
