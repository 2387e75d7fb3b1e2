// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"strconv"
)

// whiteSpace is what JSON allows between tokens.
const whiteSpace = " \t\r\n"

// The byte order marks: UTF-8, UTF-16 little endian and big endian.
var (
	markUTF8    = []byte{0xef, 0xbb, 0xbf}
	markUTF16LE = []byte{0xff, 0xfe}
	markUTF16BE = []byte{0xfe, 0xff}
)

// checkInput says whether text can be read as JSON at all, and else the one thing to say about it.
func checkInput(text []byte) (report, bool) {
	message := ""
	switch {
	case len(text) == 0:
		message = "the document is empty; the smallest one is {}"
	case len(text) > MaxSize:
		message = "the document has " + strconv.Itoa(len(text)) + " bytes; at most " + strconv.Itoa(MaxSize) + " are allowed"
	case bytes.HasPrefix(text, markUTF8):
		return report{Error, "", 0, "the document begins with a byte order mark; save it as UTF-8 without one"}, false
	case bytes.HasPrefix(text, markUTF16LE), bytes.HasPrefix(text, markUTF16BE):
		message = "the document is UTF-16; save it as UTF-8"
	case len(bytes.TrimLeft(text, whiteSpace)) == 0:
		message = "the document is blank; the smallest one is {}"
	case isStruct(text):
		message = `the document is binary, as a google.protobuf.Struct is; ` +
			`give it as JSON text in "value" of a google.protobuf.StringValue`
	}
	return report{Error, "", nowhere, message}, message == ""
}

// isStruct tells a google.protobuf.Struct. Envoy serialises it either as proxy-wasm pairs, which begin with their number
// as a little-endian uint32, or as protobuf, whose first byte 0x0a is a line feed to JSON. Both have control bytes where
// JSON has its first bracket or first key.
func isStruct(text []byte) bool {
	rest := bytes.TrimLeft(text, whiteSpace)
	if rest[0] != '{' {
		return bytes.ContainsFunc(rest[:min(len(rest), structHead)], isControl)
	}
	rest = bytes.TrimLeft(rest[1:], whiteSpace)
	return len(rest) > 0 && isControl(rune(rest[0]))
}

// structHead is the length of the part of a Struct that is looked at, in bytes: the first sizes are within it.
const structHead = 16

// isControl tells the control characters that JSON never holds as they are, white space apart.
func isControl(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\r' && r != '\n'
}
