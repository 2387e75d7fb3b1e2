// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/apigateway"
)

// message is a request that was read.
type message struct {
	// path has what stands for the names in the path.
	path   map[string]string
	query  url.Values
	header http.Header
	body   []byte
}

// binding says where a member of an input stands in a request.
type binding struct {
	// field is the index of the member.
	field int
	// in is uri, query or header; name is its name there.
	in, name string
}

// form is how an input is made of a request: what the tags of its members say.
type form struct {
	bindings []binding
	// raw is the index of the member that gets the body as it is; -1 if there is none.
	raw int
	// json reports whether members stand in the body, as JSON.
	json bool
	// taken are the names of the query that members are bound to.
	taken map[string]bool
}

// formOf reads the tags of an input.
func formOf[In any]() form {
	input := reflect.TypeFor[In]()
	f := form{raw: -1, taken: map[string]bool{}}
	for i := range input.NumField() {
		field := input.Field(i)
		b := binding{field: i}
		for _, b.in = range []string{"uri", "query", "header"} {
			if b.name = field.Tag.Get(b.in); b.name != "" {
				break
			}
		}
		switch {
		case b.name != "":
			f.bindings = append(f.bindings, b)
			f.taken[b.name] = f.taken[b.name] || b.in == "query"
		case field.Type == reflect.TypeFor[[]byte]() && field.Tag.Get("json") == "-":
			f.raw = i
		case field.Tag.Get("json") != "-":
			f.json = true
		}
	}
	return f
}

// decode makes an input of a request. Its errors are those of AWS for values that have the wrong type.
func decode[In any](f form, m message) (In, error) {
	var in In
	err := f.fill(reflect.ValueOf(&in).Elem(), m)
	return in, err
}

func (f form) fill(input reflect.Value, m message) error {
	if f.json && len(m.body) > 0 {
		if err := json.Unmarshal(m.body, input.Addr().Interface()); err != nil {
			return unreadable(err)
		}
	}
	if f.raw >= 0 {
		input.Field(f.raw).SetBytes(m.body)
	}
	for _, b := range f.bindings {
		if err := f.bind(input.Field(b.field), b, m); err != nil {
			return err
		}
	}
	return nil
}

func (f form) bind(member reflect.Value, b binding, m message) error {
	switch {
	case b.in == "uri":
		member.SetString(m.path[b.name])
	case b.in == "header":
		member.SetString(m.header.Get(b.name))
	case member.Kind() == reflect.Map:
		member.Set(reflect.ValueOf(f.others(m.query)))
	case !m.query.Has(b.name):
	case member.Kind() == reflect.Slice:
		member.Set(reflect.ValueOf(m.query[b.name]))
	default:
		return set(member, b.name, m.query.Get(b.name))
	}
	return nil
}

// others are the parameters of a query that nothing else takes: a map in the query is spread over it, under the names of its keys.
func (f form) others(query url.Values) map[string]string {
	others := map[string]string{}
	for name, values := range query {
		if !f.taken[name] && !strings.HasPrefix(strings.ToLower(name), "x-amz-") {
			others[name] = values[0]
		}
	}
	return others
}

// set gives a member the value of a parameter of the query.
func set(member reflect.Value, name, value string) error {
	switch member.Kind() {
	case reflect.Int:
		n, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			return serialization("%s in the query is %q; it should be a whole number", name, value)
		}
		member.SetInt(n)
	case reflect.Bool:
		if value != "true" && value != "false" {
			return serialization("%s in the query is %q; it should be true or false", name, value)
		}
		member.SetBool(value == "true")
	default:
		member.SetString(value)
	}
	return nil
}

// unreadable says where a body is not what the operation takes.
func unreadable(err error) error {
	var wrong *json.SemanticError
	var broken *jsontext.SyntacticError
	switch {
	case errors.As(err, &wrong) && wrong.GoType != nil:
		return serialization("the body has %s at %q; it should be %s", found(wrong.JSONKind), "/"+strings.TrimPrefix(string(wrong.JSONPointer), "/"), wanted(wrong.GoType))
	case errors.As(err, &broken):
		return serialization("the body is not JSON: %s", strings.TrimPrefix(broken.Error(), "jsontext: "))
	default:
		return serialization("the body cannot be read: %v", err)
	}
}

func found(kind jsontext.Kind) string {
	switch kind {
	case jsontext.KindNull:
		return "null"
	case jsontext.KindFalse, jsontext.KindTrue:
		return "a boolean"
	case jsontext.KindString:
		return "a string"
	case jsontext.KindNumber:
		return "a number"
	case jsontext.KindBeginArray:
		return "an array"
	default:
		return "an object"
	}
}

func wanted(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "an array"
	case reflect.Map, reflect.Struct:
		return "an object"
	default:
		return "a string"
	}
}

// serialization is what AWS calls a request whose values have wrong types.
func serialization(format string, values ...any) error {
	err := apigateway.BadRequest(format, values...)
	err.Type = "SerializationException"
	return err
}
