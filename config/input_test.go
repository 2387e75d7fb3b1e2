// SPDX-License-Identifier: Apache-2.0

package config

import (
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDecodeBytes decodes texts that a case file cannot hold.
func TestDecodeBytes(t *testing.T) {
	const binary = "error GWR001: document: the document is binary, as a google.protobuf.Struct is; " +
		`give it as JSON text in "value" of a google.protobuf.StringValue` + "\n"
	const truncated = "not JSON: the text ends before the document does\n"
	const number = "found the number 1; want \"rewrite\", \"observe\" or \"off\"\n"
	for _, tc := range []struct{ name, text, want string }{
		{"nil", "", "error GWR001: document: the document is empty; the smallest one is {}\n"},
		{"no line feed at the end", "{}", ""},
		{"as large as can be", "{" + strings.Repeat(" ", MaxSize-2) + "}", ""},
		{"too large", "{" + strings.Repeat(" ", MaxSize-1) + "}", "" +
			"error GWR002: document: the document has 1048577 bytes; at most 1048576 are allowed\n"},
		{"UTF-8 byte order mark", "\xef\xbb\xbf{}", "" +
			"error GWR001: document (line 1, column 1): the document begins with a byte order mark; save it as UTF-8 without one\n"},
		{"UTF-16 little endian", "\xff\xfe{\x00}\x00", "error GWR001: document: the document is UTF-16; save it as UTF-8\n"},
		{"UTF-16 big endian", "\xfe\xff\x00{\x00}", "error GWR001: document: the document is UTF-16; save it as UTF-8\n"},
		{"Struct without members, pairs", "\x00\x00\x00\x00", binary},
		{"Struct with a member, pairs", "\x01\x00\x00\x00\x04\x00\x00\x00\x03\x00\x00\x00mode\x00off\x00", binary},
		{"Struct with 10 members, as many as a line feed", "\x0a\x00\x00\x00\x04\x00\x00\x00\x03\x00\x00\x00", binary},
		{"Struct with 40 members, as many as a bracket", "(\x00\x00\x00\x04\x00\x00\x00\x03\x00\x00\x00", binary},
		{"Struct with 123 members, as many as a brace", "{\x00\x00\x00\x04\x00\x00\x00\x03\x00\x00\x00", binary},
		{"Struct as protobuf", "\x0a\x0d\x0a\x04mode\x12\x05\x1a\x03off", binary},
		{"Struct as protobuf with a member as long as a brace", "\x0a{\x0a\x04mode\x12s\x1aqoff", binary},
		{"NUL in a string", "{\"mode\": \"o\x00f\"}", "error GWR003: mode (line 1, column 12): not JSON: " +
			"invalid character '\\x00' in string (expecting non-control character); write it as an escape sequence\n"},
		{"invalid UTF-8 in a value", "{\"mode\": \"\xff\"}", "error GWR003: mode (line 1, column 11): not JSON: invalid UTF-8\n"},
		{"invalid UTF-8 in a key", "{\"\xc3\": 1}", "error GWR003: document (line 1, column 3): not JSON: invalid UTF-8\n"},
		{"end in a string", `{"mode": "rewr`, "error GWR003: mode (line 1, column 15): " + truncated},
		{"end in an escape sequence", `{"mode": "\u00`, "error GWR003: mode (line 1, column 15): " + truncated},
		{"end behind a brace", `{`, "error GWR003: document (line 1, column 2): " + truncated},
		{"end in a literal", `{"x-on": tru`, "error GWR003: [\"x-on\"] (line 1, column 13): " + truncated},
		{"end before a status", `{"gatewayResponses": {"THROTTLED": {"statusCode": `, "" +
			"error GWR003: gatewayResponses.THROTTLED.statusCode (line 1, column 51): " + truncated},
		{"too deep", `{"x-deep": ` + strings.Repeat("[", 20_000), "" +
			"error GWR003: [\"x-deep\"] (line 1, column 10011): not JSON: exceeded max depth\n"},
		{"lines that end in CRLF", "{\r\n\r\n  \"mode\": 1\r\n}\r\n", "error GWR007: mode (line 3, column 11): " + number},
		{"a carriage return ends no line", "{\r\"mode\": 1}", "error GWR007: mode (line 1, column 11): " + number},
		{"columns are bytes", "{\"x-ü\": \"€\", \"mode\": 1}", "error GWR007: mode (line 1, column 25): " + number},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, findings := Decode([]byte(tc.text))
			if diff := cmp.Diff(tc.want, render(findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if document.Mode != ModeRewrite || document.Escaping != EscapingAuto || document.Version != 1 {
				t.Errorf("defaults are mode %q, escaping %q, version %d", document.Mode, document.Escaping, document.Version)
			}
		})
	}
}

// TestTooLargeIsNotRead holds that refusing a text for its size takes no memory that grows with it: a VM has little, and dies
// without.
func TestTooLargeIsNotRead(t *testing.T) {
	text := []byte("[" + strings.Repeat("0,", 4*MaxSize) + "0]")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Decode(text)
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 64<<10 {
		t.Errorf("refusing %d bytes takes %d bytes of memory", len(text), got)
	}
}
