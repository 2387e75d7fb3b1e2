// SPDX-License-Identifier: Apache-2.0

package source

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// readJSON reads JSON, nil when it is not well-formed or nests too deep. Whoever reads the text as it stands says what is wrong.
func readJSON(f *file) *value {
	d := jsontext.NewDecoder(strings.NewReader(f.text), jsontext.AllowDuplicateNames(true))
	root, ok := f.json(d)
	if !ok {
		return nil
	}
	if strings.Trim(f.text[d.InputOffset():], " \t\r\n") != "" {
		return nil
	}
	return root
}

// json reads the next value.
func (f *file) json(d *jsontext.Decoder) (v *value, ok bool) {
	if d.StackDepth() > maxDepth {
		return nil, false
	}
	kind := d.PeekKind()
	if kind != '{' && kind != '[' {
		return f.jsonScalar(d)
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, false
	}
	v = &value{kind: array, origin: origin{file: f, from: int(d.InputOffset()) - 1}}
	if kind == '{' {
		v.kind = object
	}
	for next := d.PeekKind(); next != '}' && next != ']'; next = d.PeekKind() {
		element, ok := f.json(d)
		if !ok {
			return nil, false
		}
		if v.kind == array {
			v.elements = append(v.elements, element)
			continue
		}
		of, ok := f.json(d)
		if !ok {
			return nil, false
		}
		v.members = append(v.members, member{element, of})
	}
	_, err := d.ReadToken()
	return v, err == nil
}

// jsonScalar reads the next value, which is no object and no array.
func (f *file) jsonScalar(d *jsontext.Decoder) (v *value, ok bool) {
	raw, err := d.ReadValue()
	if err != nil {
		return nil, false
	}
	v = &value{text: string(raw), origin: origin{file: f, from: int(d.InputOffset()) - len(raw)}}
	if raw.Kind() == '"' {
		unquoted, err := jsontext.AppendUnquote(nil, raw)
		if err != nil {
			return nil, false
		}
		v.kind, v.text, v.style = text, string(unquoted), doubleQuoted
	}
	return v, true
}
