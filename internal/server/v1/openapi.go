// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/control/nodes"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/schema"
	"gatewayresponses/internal/shape"
	"gatewayresponses/internal/version"
)

// described is the operation that describes the others.
func described(_ context.Context, s *Server, _ control.Caller, _ noInput) (raw, error) {
	text, err := s.description()
	return raw{text}, err
}

// Description describes the API in OpenAPI 3.1.
func Description() ([]byte, error) { return description(table()) }

// components is where the description keeps what others refer to.
const components = "#/components/schemas/"

// description describes some operations.
func description(operations []operation) ([]byte, error) {
	d := describer{shape.Schemas{
		Of: map[reflect.Type]shape.Schema{
			reflect.TypeFor[auth.Role]():         words(auth.Read, auth.Edit, auth.Deploy, auth.Admin),
			reflect.TypeFor[finding.Severity]():  words(finding.Error, finding.Warning, finding.Info),
			reflect.TypeFor[deliver.State]():     words(deliver.Sent, deliver.Acknowledged, deliver.Refused, deliver.Lost),
			reflect.TypeFor[assemble.Change]():   words(assemble.Added, assemble.Removed, assemble.Changed),
			reflect.TypeFor[control.HeldBy]():    words(control.HeldByPin, control.HeldByConsent, control.HeldByRollout, control.HeldBySwitch),
			reflect.TypeFor[control.NodeState](): words(control.NodeRuns, control.NodeSent, control.NodeHeld, control.NodeRefused, control.NodeLost),
			reflect.TypeFor[object.Object]():     {"type": "object"},
		},
		Name: nameOf, Refer: func(name string) string { return components + name },
	}}
	paths := map[string]map[string]any{}
	for i := range operations {
		o := &operations[i]
		if paths[o.path] == nil {
			paths[o.path] = map[string]any{}
		}
		paths[o.path][strings.ToLower(o.method)] = d.operation(o)
	}
	d.For(reflect.TypeFor[Problem]())
	if err := d.addExchange(); err != nil {
		return nil, err
	}
	return jsonwrite.File(map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{
			"title": "Gateway responses for Envoy", "version": version.Number, "license": map[string]any{"name": "Apache-2.0", "identifier": "Apache-2.0"},
			"description": about,
		},
		"servers":  []any{map[string]any{"url": "/"}},
		"security": []any{map[string]any{"key": []any{}}},
		"paths":    paths,
		"components": map[string]any{
			"schemas": d.Named,
			"securitySchemes": map[string]any{"key": map[string]any{
				"type": "http", "scheme": "bearer", "description": "The bearer form of an access key.",
			}},
			"responses": map[string]any{"problem": map[string]any{
				"description": "Something is wrong.",
				"content":     map[string]any{"application/problem+json": map[string]any{"schema": shape.Schema{"$ref": components + "Problem"}}},
			}},
		},
	})
}

// words is the schema of a string that is one of a few.
func words[T ~string](all ...T) shape.Schema { return shape.Schema{"type": "string", "enum": all} }

// about is what the description says of the API as a whole.
const about = "What the server of gateway responses can do, for the console, gwr and programs of your own. " +
	"x-role is the least role that an operation takes, and x-reach what the key must be for. " +
	"An answer with an ETag is of something that can change: send it back as If-Match, and the change is refused with 409 if somebody was faster."

// describer describes operations.
type describer struct{ shape.Schemas }

// operation describes an operation.
func (d *describer) operation(o *operation) map[string]any {
	described := map[string]any{"operationId": o.id, "summary": o.summary, "parameters": d.parameters(o), "responses": d.answers(o)}
	if body := d.body(o); body != nil {
		described["requestBody"] = body
	}
	if o.needs == anybody {
		described["security"] = []any{}
	} else {
		described["x-role"] = o.needs
	}
	if o.on != everything {
		described["x-reach"] = o.on
	}
	return described
}

// parameters describes the parameters of path, query and header.
func (d *describer) parameters(o *operation) []any {
	all := []any{}
	for _, f := range reflect.VisibleFields(o.in) {
		name, in := f.Tag.Get("uri"), "path"
		if name == "" {
			name, in = f.Tag.Get("query"), "query"
		}
		if name == "" {
			continue
		}
		limited := maps.Clone(d.For(f.Type))
		if enum, ok := f.Tag.Lookup("enum"); ok {
			limited["enum"] = strings.Fields(enum)
		}
		if limited["type"] == "integer" {
			least, most := bounds(f)
			if limited["minimum"] = least; most > 0 {
				limited["maximum"] = most
			}
		}
		all = append(all, map[string]any{"name": name, "in": in, "required": in == "path", "description": f.Tag.Get("about"), "schema": limited})
	}
	if o.hasETag() && o.method != "GET" {
		all = append(all, map[string]any{
			"name": "If-Match", "in": "header", "required": false, "schema": shape.Schema{"type": "string"},
			"description": "The ETag that what is changed must have; missing, it is any.",
		})
	}
	return all
}

// body describes the body of a request, nil for none.
func (d *describer) body(o *operation) map[string]any {
	members := false
	for _, f := range reflect.VisibleFields(o.in) {
		if types, ok := f.Tag.Lookup("body"); ok {
			content := map[string]any{}
			for _, media := range strings.Fields(types) {
				content[media] = map[string]any{"schema": shape.Schema{"description": f.Tag.Get("about")}}
			}
			return map[string]any{"required": true, "content": content}
		}
		_, isMember := f.Tag.Lookup("json")
		members = members || isMember && f.Tag.Get("json") != "-"
	}
	if !members {
		return nil
	}
	of := d.Object(o.in)
	return map[string]any{"required": of["required"] != nil, "content": map[string]any{mediaJSON: map[string]any{"schema": of}}}
}

// answers describes all answers.
func (d *describer) answers(o *operation) map[string]any {
	good := d.answer(o)
	answers := map[string]any{strconv.Itoa(o.status): good, "default": map[string]any{"$ref": "#/components/responses/problem"}}
	if !o.hasDryRun() {
		return answers
	}
	tried := d.For(reflect.TypeFor[DryRun]())
	if o.status == http.StatusOK {
		good["content"] = asBody(shape.Schema{"oneOf": []any{d.For(o.out), tried}})
	} else {
		answers[strconv.Itoa(http.StatusOK)] = map[string]any{"description": "What would become of it, with dryRun.", "content": asBody(tried)}
	}
	return answers
}

// asBody is the content of a body of JSON.
func asBody(schema shape.Schema) map[string]any {
	return map[string]any{mediaJSON: map[string]any{"schema": schema}}
}

// answer describes a good answer.
func (d *describer) answer(o *operation) map[string]any {
	described := map[string]any{"description": "It is done."}
	if o.hasETag() {
		described["headers"] = map[string]any{"ETag": map[string]any{
			"description": "The version of what is answered.", "schema": shape.Schema{"type": "string"},
		}}
	}
	switch o.out {
	case reflect.TypeFor[nothing]():
	case reflect.TypeFor[raw](), reflect.TypeFor[versioned](), reflect.TypeFor[stream]():
		described["content"] = map[string]any{o.media: map[string]any{"schema": shape.Schema{}}}
	default:
		described["content"] = asBody(d.For(o.out))
	}
	return described
}

// nameOf is what the description calls a type: its name here, and elsewhere with its package in front, unless the type has that already.
func nameOf(t reflect.Type) string {
	name := strings.ToUpper(t.Name()[:1]) + t.Name()[1:]
	switch path := t.PkgPath(); path {
	case reflect.TypeFor[Problem]().PkgPath(), reflect.TypeFor[control.Control]().PkgPath(), reflect.TypeFor[nodes.Rates]().PkgPath():
		return name
	default:
		prefix := path[strings.LastIndexByte(path, '/')+1:]
		return strings.ToUpper(prefix[:1]) + prefix[1:] + name
	}
}

// localRef is a reference into the definitions of a schema.
var localRef = regexp.MustCompile(`"#/\$defs/(\w+)"`)

// addExchange adds the schema of exchanges, which package testfile reads.
func (d *describer) addExchange() error {
	text, err := schema.Exchange()
	if err != nil {
		return err
	}
	text = localRef.ReplaceAll(text, []byte(`"`+components+`exchange.$1"`))
	var root shape.Schema
	if err := json.Unmarshal(text, &root); err != nil {
		return fmt.Errorf("the schema of exchanges: %w", err)
	}
	defs, _ := root["$defs"].(shape.Schema)
	for name, def := range defs {
		d.Named["exchange."+name], _ = def.(shape.Schema)
	}
	delete(root, "$defs")
	delete(root, "$schema")
	d.Named["exchange"] = root
	return nil
}
