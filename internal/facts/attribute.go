// SPDX-License-Identifier: Apache-2.0

package facts

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Attributes are attributes of Envoy that the configuration chooses, by their paths, as Envoy hands them out: without
// type. What is absent or empty is not among them.
type Attributes map[string]string

// pathSeparator stands between the pieces of a path. No key of metadata or filter state has one in it.
const pathSeparator = "\x00"

// AttributePath is the path of an attribute, as in AttributePath("connection", "tls_version").
func AttributePath(pieces ...string) string { return strings.Join(pieces, pathSeparator) }

// AttributePieces are the pieces of a path.
func AttributePieces(path string) []string { return strings.Split(path, pathSeparator) }

// RouteMetadataPath is the path of a value in the metadata of Envoy's route. The first key is the namespace.
func RouteMetadataPath(keys ...string) string {
	return AttributePath("xds", "route_metadata", "filter_metadata", AttributePath(keys...))
}

// MetadataPath is the path of a value in the dynamic metadata: its place is "NAMESPACE/KEY", with more keys behind or none.
func MetadataPath(place string) string {
	return AttributePath("metadata", "filter_metadata", strings.ReplaceAll(place, "/", pathSeparator))
}

// Text is an attribute as people write it, "" when it is absent or has no such form.
//
// Envoy hands out values without type: a text as it is, a number as the 8 bytes of a double or an integer, lowest byte
// first, a boolean as one byte. So what reads as text is text. Of the other values, those of 8 bytes are numbers, and those of
// one byte, 0 or 1, are booleans. Lists, objects and binary data have no such form.
// Source: envoy extensions/common/wasm/context.cc, serializeValue.
func (p Attributes) Text(path string) string {
	raw := p[path]
	switch {
	case isText(raw):
		return raw
	case len(raw) == 8:
		return number(raw)
	case raw == "\x00":
		return "false"
	case raw == "\x01":
		return "true"
	}
	return ""
}

// isText reports whether a value is text without control characters other than white space.
func isText(value string) bool {
	for i, r := range value {
		switch {
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
			return false
		case r == utf8.RuneError && !strings.HasPrefix(value[i:], string(utf8.RuneError)):
			return false // not UTF-8
		}
	}
	return true
}

// Number is a number as Envoy hands it out.
func Number(value float64) string {
	bits := math.Float64bits(value)
	raw := make([]byte, 8)
	for i := range raw {
		raw[i] = byte(bits >> (8 * i))
	}
	return string(raw)
}

// Boolean is true or false as Envoy hands it out.
func Boolean(value bool) string {
	if value {
		return "\x01"
	}
	return "\x00"
}

// smallestDouble is the lowest bit pattern of what is taken for a double, 2^-511. As an integer that is 2^61: more than any
// that Envoy counts to, nanoseconds since 1970 included.
const smallestDouble = 0x200 << 52

// number writes a number of 8 bytes. What would be a double of no sensible size is an integer.
func number(raw string) string {
	var bits uint64
	for i := range len(raw) {
		bits |= uint64(raw[i]) << (8 * i)
	}
	double := math.Float64frombits(bits)
	size := math.Abs(double)
	switch {
	case size == 0:
		return "0"
	case size >= math.Float64frombits(smallestDouble) && size < 1e21:
		return strconv.FormatFloat(double, 'f', -1, 64)
	case size >= 1e21 && size <= math.MaxFloat64:
		return strconv.FormatFloat(double, 'e', -1, 64)
	default:
		return strconv.FormatInt(int64(bits), 10)
	}
}
