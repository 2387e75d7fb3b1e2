// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/shape"
)

// What an input has stands in the tags of its fields:
//
//	uri:"NAME"    a parameter of the path
//	query:"NAME"  a parameter of the query, optional; a number has min and max
//	body:"TYPES"  the body as it is, of one of these media types
//	json:"NAME"   a member of the body, see package shape
//
// Parameters of paths and queries have the tag about, too.

// maxBody is the size of the largest body, in bytes: 8 MiB. AWS takes OpenAPI files up to 6 MB; a document has 2 MiB at most, and two
// of them are compared.
const maxBody = 8 << 20

// input reads what an operation takes.
func (o *operation) input(r *http.Request, parameters map[string]string, body []byte) (any, error) {
	in := reflect.New(o.in)
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badInput("the query cannot be read: "+err.Error(), nil)
	}
	var wrong []error
	var queries []string
	hasMembers := false
	for _, field := range reflect.VisibleFields(o.in) {
		value := in.Elem().FieldByIndex(field.Index)
		if field.Anonymous {
			continue
		}
		if name, ok := field.Tag.Lookup("uri"); ok {
			wrong = append(wrong, parameter(name, parameters[name], field, value))
		} else if name, ok := field.Tag.Lookup("query"); ok {
			queries = append(queries, name)
			wrong = append(wrong, queryParameter(name, query[name], field, value))
		} else if types, ok := field.Tag.Lookup("body"); ok {
			if err := checkMedia(r, body, strings.Fields(types)); err != nil {
				return nil, err
			}
			value.SetBytes(body)
		} else {
			hasMembers = true
		}
	}
	wrong = append(wrong, unknownParameters(query, queries))
	if err := errors.Join(wrong...); err != nil {
		return nil, badInput(strings.ReplaceAll(err.Error(), "\n", "; "), nil)
	}
	if hasMembers {
		return in.Interface(), readMembers(r, body, in.Interface())
	}
	return in.Interface(), nil
}

// readMembers reads a body of JSON. No body is an object without members.
func readMembers(r *http.Request, body []byte, into any) error {
	if err := checkMedia(r, body, []string{mediaJSON}); err != nil {
		return err
	}
	if len(body) == 0 {
		body = []byte("{}")
	}
	if found := shape.Decode("body", body, into); len(found) > 0 {
		return badInput("the body is not what this operation takes: "+found[0].Words(), found)
	}
	return nil
}

// mediaJSON is the media type of JSON.
const mediaJSON = "application/json"

// readBody reads the body of a request.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	var refused *apigateway.Error
	switch {
	case errors.As(err, &tooLarge):
		return nil, &problem{kind: "too-large", status: http.StatusRequestEntityTooLarge, detail: fmt.Sprintf("the body has more than %d MiB", maxBody>>20)}
	case errors.As(err, &refused):
		return nil, refused
	case err != nil:
		return nil, badInput("the body ended early", nil)
	}
	return body, nil
}

// checkMedia refuses a body that is of none of some media types. A page of another origin cannot send JSON without asking first.
func checkMedia(r *http.Request, body []byte, types []string) error {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if len(body) == 0 || err == nil && slices.Contains(types, media) {
		return nil
	}
	return &problem{
		kind: "unsupported-media-type", status: http.StatusUnsupportedMediaType,
		detail: fmt.Sprintf("the content-type %s is none that this operation takes; send %s", quote.Text(r.Header.Get("Content-Type")), strings.Join(types, " or ")),
	}
}

// queryParameter reads a parameter of the query, which need not be there.
func queryParameter(name string, values []string, field reflect.StructField, into reflect.Value) error {
	switch len(values) {
	case 0:
		return nil
	case 1:
		return parameter(name, values[0], field, into)
	default:
		return fmt.Errorf("%s is there %d times, want once", quote.Text(name), len(values))
	}
}

// parameter reads the value of a parameter.
func parameter(name, value string, field reflect.StructField, into reflect.Value) error {
	if !utf8.ValidString(value) {
		return fmt.Errorf("%s is not UTF-8", quote.Text(name))
	}
	if into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		into = into.Elem()
	}
	enum := strings.Fields(field.Tag.Get("enum"))
	switch into.Kind() {
	case reflect.String:
		if len(enum) > 0 && !slices.Contains(enum, value) {
			return fmt.Errorf("%s is %s, want %s", quote.Text(name), quote.Text(value), strings.Join(enum, ", "))
		}
		into.SetString(value)
	case reflect.Bool:
		if value != "true" && value != "false" {
			return fmt.Errorf("%s is %s, want true or false", quote.Text(name), quote.Text(value))
		}
		into.SetBool(value == "true")
	default:
		least, most := bounds(field)
		number, err := strconv.ParseInt(value, 10, 64)
		if err != nil || number < least || most > 0 && number > most {
			return fmt.Errorf("%s is %s, want %s", quote.Text(name), quote.Text(value), numberWanted(least, most))
		}
		into.SetInt(number)
	}
	return nil
}

// bounds are the least and the largest number that a parameter may be, 0 for no largest one.
func bounds(field reflect.StructField) (least, most int64) {
	least, _ = strconv.ParseInt(field.Tag.Get("min"), 10, 64)
	most, _ = strconv.ParseInt(field.Tag.Get("max"), 10, 64)
	return least, most
}

// numberWanted says which numbers a parameter may be.
func numberWanted(least, most int64) string {
	if most == 0 {
		return fmt.Sprintf("a whole number from %d on", least)
	}
	return fmt.Sprintf("a whole number from %d to %d", least, most)
}

// unknownParameters says which parameters of a query there are not.
func unknownParameters(query url.Values, known []string) error {
	var wrong []error
	for name := range query {
		switch near, ok := nearest.Of(name, known); {
		case slices.Contains(known, name):
		case ok:
			wrong = append(wrong, fmt.Errorf("there is no parameter %s; did you mean %s?", quote.Text(name), quote.Text(near)))
		default:
			wrong = append(wrong, fmt.Errorf("there is no parameter %s", quote.Text(name)))
		}
	}
	slices.SortFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(wrong...)
}
