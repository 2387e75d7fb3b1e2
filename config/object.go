// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"
	"strings"

	"gatewayresponses/internal/quote"
)

// schema says which keys an object may have.
type schema struct {
	fields []field
	// extensions allows $schema and x-*, which mean nothing here.
	extensions bool
}

// field is a key of the format, and what reads its value.
type field struct {
	key  string
	read func(key Text)
}

// names lists the keys.
func (s schema) names() []string {
	names := make([]string, len(s.fields))
	for i, field := range s.fields {
		names[i] = field.key
	}
	return names
}

// object reads an object and calls read for each of its keys, to read the value. at is the object's own key. A key that
// stands there twice is reported, and its second value skipped.
func (d *decoder) object(at Text, read func(key Text)) {
	if !d.beginObject(at) {
		return
	}
	seen := map[string]bool{}
	for d.json.PeekKind() == '"' {
		d.member(at, seen, read)
		if d.broken {
			return
		}
	}
	d.bracket(at)
}

// member reads one key and its value. seen holds the keys of the object so far.
func (d *decoder) member(at Text, seen map[string]bool, read func(key Text)) {
	name, ok := d.literal(at.Path)
	if !ok {
		return
	}
	key := Text{Value: name.unquoted(), Offset: name.offset}
	key.Path = join(at.Path, key.Value)
	if seen[key.Value] {
		d.report(Error, key.Path, key.Offset, "duplicate key "+quote.Text(key.Value)+"; keep one of them")
		d.skip(key.Path)
		return
	}
	seen[key.Value] = true
	read(key)
}

// beginObject passes the opening brace. Another value is read and reported.
func (d *decoder) beginObject(at Text) bool {
	if d.json.PeekKind() != '{' {
		if found, ok := d.literal(at.Path); ok {
			d.wrongType(at.Path, found, "an object")
		}
		return false
	}
	return d.bracket(at)
}

// bracket passes the bracket that begins or ends an object, or reports what stands in its place.
func (d *decoder) bracket(at Text) bool {
	_, err := d.json.ReadToken()
	if err != nil {
		d.syntaxError(at.Path, err)
	}
	return err == nil
}

// fields reads an object whose keys belong to the format.
func (d *decoder) fields(at Text, s schema) {
	d.object(at, func(key Text) {
		i := slices.IndexFunc(s.fields, func(f field) bool { return f.key == key.Value })
		switch {
		case i >= 0:
			s.fields[i].read(key)
		case s.extensions && isExtension(key.Value):
			d.extension(key)
		default:
			d.unknownKey(key, s)
		}
	})
}

// isExtension tells keys that belong to other tools.
func isExtension(key string) bool {
	return key == "$schema" || strings.HasPrefix(key, "x-")
}

// openAPIKey is the key that an OpenAPI document has for gateway responses.
const openAPIKey = "x-amazon-apigateway-gateway-responses"

// extension passes over the value of a key that belongs to another tool.
func (d *decoder) extension(key Text) {
	if key.Value == openAPIKey {
		d.report(Warning, key.Path, key.Offset, quote.Text(openAPIKey)+` is ignored like every x-* key; name it "gatewayResponses"`)
	}
	d.skip(key.Path)
}

// unknownKey reports a key that the format does not have, and passes over its value.
func (d *decoder) unknownKey(key Text, s schema) {
	message := "unknown key " + quote.Text(key.Value)
	if meant, ok := d.meant(key.Value, s.names()); ok {
		message += "; did you mean " + quote.Text(meant) + "?"
	} else {
		message += "; use " + listed(s.names())
	}
	d.report(Error, key.Path, key.Offset, message)
	d.skip(key.Path)
}
