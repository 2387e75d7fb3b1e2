// SPDX-License-Identifier: Apache-2.0

package source

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// readJSON reads JSON that begins at byte from of a file, nil when it is not well-formed or nests too deep. Whoever reads the text as it stands says what is wrong.
func readJSON(f *file, from int) *Value {
	d := jsontext.NewDecoder(strings.NewReader(f.text[from:]), jsontext.AllowDuplicateNames(true))
	r := jsonReader{d, f, from}
	root, ok := r.value()
	if !ok {
		return nil
	}
	if strings.Trim(f.text[from+int(d.InputOffset()):], " \t\r\n") != "" {
		return nil
	}
	return root
}

// jsonReader reads the values of a file, whose first one begins at byte from.
type jsonReader struct {
	*jsontext.Decoder
	file *file
	from int
}

// behind is the origin of what ends where the reader is, and is so many bytes long.
func (r jsonReader) behind(length int) origin {
	return origin{file: r.file, from: r.from + int(r.InputOffset()) - length}
}

// value reads the next value.
func (r jsonReader) value() (v *Value, ok bool) {
	kind := r.PeekKind()
	if kind != '{' && kind != '[' {
		return r.scalar()
	}
	if _, err := r.ReadToken(); err != nil || r.StackDepth() > maxDepth {
		return nil, false
	}
	v = &Value{Kind: Array, origin: r.behind(1)}
	if kind == '{' {
		v.Kind = Object
	}
	for next := r.PeekKind(); next != '}' && next != ']'; next = r.PeekKind() {
		element, ok := r.value()
		if !ok {
			return nil, false
		}
		if v.Kind == Array {
			v.Elements = append(v.Elements, element)
			continue
		}
		of, ok := r.value()
		if !ok {
			return nil, false
		}
		v.Members = append(v.Members, Member{element, of})
	}
	_, err := r.ReadToken()
	return v, err == nil
}

// scalar reads the next value, which is no object and no array.
func (r jsonReader) scalar() (v *Value, ok bool) {
	raw, err := r.ReadValue()
	if err != nil {
		return nil, false
	}
	v = &Value{Text: string(raw), origin: r.behind(len(raw))}
	if raw.Kind() == '"' {
		unquoted, err := jsontext.AppendUnquote(nil, raw)
		if err != nil {
			return nil, false
		}
		v.Kind, v.Text, v.style = String, string(unquoted), doubleQuoted
	}
	return v, true
}
