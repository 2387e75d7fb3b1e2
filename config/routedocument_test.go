// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/jsonread"
)

// TestDecodeRoute decodes route documents. "want" holds the entry, then the findings.
func TestDecodeRoute(t *testing.T) {
	runCases(t, "routedocument", func(_ *testing.T, text []byte) string {
		document, findings := DecodeRoute(text, "", EscapingAuto)
		return dump(document) + render(findings)
	})
}

// TestDecodeRouteInput is about texts that no file holds: what Envoy hands over for other values than strings, and sizes.
func TestDecodeRouteInput(t *testing.T) {
	const (
		noString = "document: the metadata holds no string, but an object, a number or a boolean; give the document as a string of JSON text"
		tooLong  = `document: the document has more than 65536 bytes; name an entry of "routes" instead`
	)
	var one [8]byte
	binary.LittleEndian.PutUint64(one[:], math.Float64bits(1))
	for _, tc := range []struct {
		name string
		text []byte
		want string
	}{
		{"an object, as pairs", []byte("\x01\x00\x00\x00\x04\x00\x00\x00\x09\x00\x00\x00mode\x00rewrite\x00\x00"), noString},
		{"a number", one[:], noString},
		{"a boolean", []byte{1}, noString},
		{"nothing", nil, "document: the document is empty; the smallest one is {}"},
		{"the longest", append([]byte("{}"), bytes.Repeat([]byte(" "), MaxRouteDocument-2)...), ""},
		{"a byte more", append([]byte("{}"), bytes.Repeat([]byte(" "), MaxRouteDocument-1)...), tooLong},
		{"a byte order mark", []byte("\xef\xbb\xbf{}"), "document (line 1, column 1): the document begins with a byte order mark; save it as UTF-8 without one"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, findings := DecodeRoute(tc.text, "", EscapingAuto)
			if got := findings.String(); got != tc.want {
				t.Errorf("findings %q, want %q", got, tc.want)
			}
		})
	}
}

// FuzzDecodeRoute holds that a route document means what the same keys mean in an element of routes.
func FuzzDecodeRoute(f *testing.F) {
	for _, path := range caseFiles(f, "routedocument") {
		f.Add(string(parseCase(f, path).Files[0].Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxFuzzed {
			return
		}
		document, findings := DecodeRoute([]byte(text), "", EscapingAuto)
		checkFindings(t, []byte(text), findings)
		if len(document.Routes) != 1 || document.Routes[0].Name.Value != "" || document.Routes[0].Match != nil {
			t.Fatalf("the document holds %+v, want one entry without name and match", document.Routes)
		}
		checkResponses(t, document.Routes[0].GatewayResponses)
		if findings.HasErrors() {
			return
		}
		members := strings.TrimSpace(strings.TrimLeft(text, jsonread.WhiteSpace)[1:])
		separator := ","
		if members == "}" {
			separator = ""
		}
		whole, _ := Decode([]byte(`{"routes":[{"name":"a"` + separator + members + `]}`))
		if len(whole.Routes) != 1 {
			t.Fatalf("%q is no element of routes", text)
		}
		if diff := cmp.Diff(whole.Routes[0], document.Routes[0], cmp.FilterPath(isPlace, cmp.Ignore())); diff != "" {
			t.Errorf("%q in routes and as a document (-routes +document):\n%s", text, diff)
		}
	})
}

// isPlace tells the members that differ between the two: where strings stand, and the name of the entry.
func isPlace(path cmp.Path) bool {
	switch path.Last().String() {
	case ".Offset", ".Path", ".Name":
		return true
	}
	return false
}
