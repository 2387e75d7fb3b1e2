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

// fields reads an object whose keys belong to the format.
func (d *decoder) fields(at Text, s schema) {
	d.Object(at, func(key Text) {
		i := slices.IndexFunc(s.fields, func(f field) bool { return f.key == key.Value })
		switch {
		case i >= 0:
			s.fields[i].read(key)
		case s.extensions && isExtension(key.Value):
			d.extension(key)
		default:
			d.UnknownKey(key, s.names())
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
		d.Report(Warning, key.Path, key.Offset, quote.Text(openAPIKey)+` is ignored like every x-* key; name it "gatewayResponses"`)
	}
	d.Skip(key.Path)
}
