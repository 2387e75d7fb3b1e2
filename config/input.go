// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"strconv"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/jsonread"
)

// The byte order marks: UTF-8, UTF-16 little endian and big endian.
var (
	markUTF8    = []byte{0xef, 0xbb, 0xbf}
	markUTF16LE = []byte{0xff, 0xfe}
	markUTF16BE = []byte{0xfe, 0xff}
)

// checkInput reports whether the text can be read as JSON at all, and else notes what it is instead.
func (d *decoder) checkInput() bool {
	text := d.document.Source
	switch {
	case len(text) == 0:
		d.reportInput(code.NoDocument, "the document is empty; the smallest one is {}")
	case len(text) > MaxSize:
		d.reportInput(code.TooLarge, "the document has "+strconv.Itoa(len(text))+" bytes; at most "+strconv.Itoa(MaxSize)+" are allowed")
	case bytes.HasPrefix(text, markUTF8):
		d.Report(code.NoDocument, Error, 0, "the document begins with a byte order mark; save it as UTF-8 without one")
	case bytes.HasPrefix(text, markUTF16LE), bytes.HasPrefix(text, markUTF16BE):
		d.reportInput(code.NoDocument, "the document is UTF-16; save it as UTF-8")
	case len(bytes.TrimLeft(text, jsonread.WhiteSpace)) == 0:
		d.reportInput(code.NoDocument, "the document is blank; the smallest one is {}")
	case isStruct(text):
		d.reportInput(code.NoDocument, `the document is binary, as a google.protobuf.Struct is; `+
			`give it as JSON text in "value" of a google.protobuf.StringValue`)
	default:
		return true
	}
	return false
}

// reportInput notes what concerns the text as a whole.
func (d *decoder) reportInput(c code.Code, message string) {
	d.Report(c, Error, jsonread.Nowhere, message)
}

// isStruct reports whether text is a google.protobuf.Struct. Envoy serialises it either as proxy-wasm pairs, which begin with their number
// as a little-endian uint32, or as protobuf, whose first byte 0x0a is a line feed to JSON. Both have control bytes where
// JSON has its first bracket or first key.
func isStruct(text []byte) bool {
	rest := bytes.TrimLeft(text, jsonread.WhiteSpace)
	if rest[0] != '{' {
		return bytes.ContainsFunc(rest[:min(len(rest), structHead)], isControl)
	}
	rest = bytes.TrimLeft(rest[1:], jsonread.WhiteSpace)
	return len(rest) > 0 && isControl(rune(rest[0]))
}

// structHead is the length of the part of a Struct that is looked at, in bytes: the first sizes are within it.
const structHead = 16

// isControl reports whether r is a control character that JSON never holds as it is: white space it does.
func isControl(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\r' && r != '\n'
}
