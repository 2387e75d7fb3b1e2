// SPDX-License-Identifier: Apache-2.0

// Package jsonwrite writes JSON that people read: what only HTML would have escaped stays as it is.
package jsonwrite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Lines writes values to w, one a line.
func Lines(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// Indented writes one value to w, on several lines.
func Indented(w io.Writer, value any) error {
	e := Lines(w)
	e.SetIndent("", "  ")
	return e.Encode(value)
}

// File is a value as the text of a file, on several lines.
func File(value any) ([]byte, error) {
	var b bytes.Buffer
	err := Indented(&b, value)
	return b.Bytes(), err
}

// Value is a value that encoding/json has read, in one line.
func Value(value any) string {
	var b strings.Builder
	if err := Lines(&b).Encode(value); err != nil {
		panic(err) // what was read has a text
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// String is a text as a string of JSON, which YAML reads alike.
func String(text string) string { return ForYAML(Value(text)) }

// ForYAML writes a JSON text so that YAML reads it alike: characters that YAML 1.1 or 1.2 does not print, or takes for line ends,
// are escaped. They only stand in strings; elsewhere JSON has none.
func ForYAML(text string) string {
	if strings.IndexFunc(text, IsUnprintable) < 0 {
		return text
	}
	var escaped strings.Builder
	for _, r := range text {
		if IsUnprintable(r) {
			fmt.Fprintf(&escaped, `\u%04x`, r)
		} else {
			escaped.WriteRune(r)
		}
	}
	return escaped.String()
}

// IsUnprintable reports whether YAML does not print a character as it is, or takes it for a line end other than a line feed. All are
// below U+10000.
func IsUnprintable(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case r < ' ', r >= 0x7F && r < 0xA0, r == 0x2028, r == 0x2029, r == 0xFEFF:
		return true
	default:
		return r >= 0xD800 && r <= 0xDFFF || r == 0xFFFE || r == 0xFFFF
	}
}
