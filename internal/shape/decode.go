// SPDX-License-Identifier: Apache-2.0

package shape

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
)

// maxFindings is how many findings are told of one text.
const maxFindings = 100

// Decode reads a JSON text into what into points to. The findings, all of them errors, say what is wrong with the text, and
// where in the file called name. What is there after a finding counts for nothing.
func Decode(name string, text []byte, into any) finding.List {
	var places jsonread.Places
	d := decoder{jsonread.NewReader(text, &places, maxFindings)}
	d.value(jsonread.Text{}, reflect.ValueOf(into).Elem(), nil)
	d.Trailing()
	var found finding.List
	for _, r := range d.Reports() {
		line, column := places.Position(text, r.Offset)
		found = append(found, finding.Finding{
			Code: r.Code, Severity: finding.Error, Path: places.Path(text, r.In), Message: r.Message,
			Place: finding.Place{File: name, Line: line, Column: column},
		})
	}
	return found
}

type decoder struct{ *jsonread.Reader }

// value reads the next value into v. at is its key.
func (d decoder) value(at jsonread.Text, v reflect.Value, enum []string) {
	switch into := v.Addr().Interface().(type) {
	case *json.RawMessage:
		if found, ok := d.Literal(at); ok {
			*into = json.RawMessage(found.Raw())
		}
		return
	case *time.Time:
		d.time(at, into)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(at, v.Elem(), enum)
	case reflect.String:
		d.text(at, v, enum)
	case reflect.Bool:
		if b, ok := d.Boolean(at); ok {
			v.SetBool(b)
		}
	case reflect.Int, reflect.Int64:
		d.integer(at, v)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		d.Array(at, func(element jsonread.Text) {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
			d.value(element, v.Index(v.Len()-1), enum)
		})
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		d.Object(at, func(key jsonread.Text) {
			value := reflect.New(v.Type().Elem()).Elem()
			d.value(key, value, enum)
			v.SetMapIndex(reflect.ValueOf(key.Value).Convert(v.Type().Key()), value)
		})
	case reflect.Struct:
		d.object(at, v)
	default:
		panic(unknownType(v.Type()))
	}
}

// object reads an object into a struct.
func (d decoder) object(at jsonread.Text, v reflect.Value) {
	fields := fieldsOf(v.Type())
	begin, isObject := d.Ahead(), d.Kind() == '{'
	seen := make([]bool, len(fields))
	d.Object(at, func(key jsonread.Text) {
		i := find(fields, key.Value)
		if i < 0 {
			d.unknown(key, fields)
			return
		}
		seen[i] = true
		d.value(key, v.FieldByIndex(fields[i].index), fields[i].enum)
	})
	if !isObject || d.Broken() {
		return
	}
	for i, f := range fields {
		if !seen[i] && !f.optional {
			d.Report(code.MissingKey, jsonread.Error, begin, "the key "+quote.Text(f.name)+" is missing")
		}
	}
}

// unknown reports a member that a struct does not have.
func (d decoder) unknown(key jsonread.Text, fields []field) {
	if len(fields) > 0 {
		d.UnknownKey(key, namesOf(fields))
		return
	}
	d.Report(code.UnknownKey, jsonread.Error, key.Offset, "unknown key "+quote.Text(key.Value)+"; the object takes none")
	d.Skip(key)
}

// text reads a string.
func (d decoder) text(at jsonread.Text, v reflect.Value, enum []string) {
	if enum != nil {
		var word string
		d.Choice(at, "known here", &word, enum...)
		v.SetString(word)
		return
	}
	if text, ok := d.Text(at); ok {
		v.SetString(text.Value)
	}
}

// integer reads a whole number.
func (d decoder) integer(at jsonread.Text, v reflect.Value) {
	found, ok := d.Literal(at)
	if !ok {
		return
	}
	if found.Kind() != '0' {
		d.WrongType(at, found, "a whole number")
		return
	}
	number, err := strconv.ParseInt(found.Raw(), 10, v.Type().Bits())
	if err != nil {
		d.Report(code.BadNumber, jsonread.Error, found.Offset, "found "+found.Shown()+"; want a whole number that is written without fraction and exponent")
		return
	}
	v.SetInt(number)
}

// time reads a point in time.
func (d decoder) time(at jsonread.Text, into *time.Time) {
	text, ok := d.Text(at)
	if !ok {
		return
	}
	read, err := time.Parse(time.RFC3339, strings.ToUpper(text.Value))
	if err != nil {
		d.Report(code.WrongType, jsonread.Error, text.Offset, quote.Text(text.Value)+` is no time; write it as "2026-01-02T03:04:05Z"`)
		return
	}
	*into = read
}
