// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
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
		tooLong  = `document: the document has more than 65536 bytes; name an element of "routes" instead`
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
		{"the most parts", []byte(`{"x-a":[0` + strings.Repeat(",0", MaxRouteParts-2) + "]}"), ""},
		{
			"a part more", []byte(`{"x-a":[0` + strings.Repeat(",0", MaxRouteParts-1) + "]}"),
			`document: the document has 501 keys and elements, more than 500; name an element of "routes" instead`,
		},
		{"the most variables", []byte(`{"x-a":"` + strings.Repeat("$", MaxRouteVariables) + `,{["}`), ""},
		{
			"a variable more", []byte(`{"x-a":"` + strings.Repeat(`\u0024`, MaxRouteVariables+1) + `"}`),
			`document: the document has 1001 "$" in its strings, more than 1000; name an element of "routes" instead`,
		},
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

// TestRouteSegments has resources with more segments than a route document may have. What is behind them is not read.
func TestRouteSegments(t *testing.T) {
	var list []string
	for i := range 30 {
		list = append(list, `"/`+strconv.Itoa(i)+strings.Repeat("/a", 99)+`"`)
	}
	document, findings := DecodeRoute([]byte(`{"resources":[`+strings.Join(list, ",")+`,7]}`), "", EscapingAuto)
	if got := len(document.Routes[0].Resources); got != MaxRouteSegments/100 {
		t.Errorf("%d resources are read, want %d", got, MaxRouteSegments/100)
	}
	const want = `the resources have more than 2000 segments up to here; name an element of "routes" instead`
	if len(findings) != 1 || findings[0].Path != "resources[20]" || findings[0].Message != want {
		t.Errorf("findings:\n%s\nwant one on resources[20]: %s", findings, want)
	}
}

// FuzzCountParts holds that what is counted is there, and that nothing is missed.
func FuzzCountParts(f *testing.F) {
	f.Add(`{"a":[1,{},[]],"b$":"\u0024\\u0024\"$,{["}`)
	f.Add(`"$"`)
	f.Fuzz(func(t *testing.T, text string) {
		if !jsontext.Value(text).IsValid(jsontext.AllowDuplicateNames(true)) {
			countParts([]byte(text))
			return
		}
		decoder := jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true))
		values, holders, names, variables := 0, 0, 0, 0
		for {
			token, err := decoder.ReadToken()
			if err != nil {
				break
			}
			switch token.Kind() {
			case '{', '[':
				values, holders = values+1, holders+1
			case '}', ']':
			case '"':
				variables += strings.Count(token.String(), "$")
				values++
			default:
				values++
			}
			if kind, length := decoder.StackIndex(decoder.StackDepth()); kind == '{' && length%2 == 1 && token.Kind() == '"' {
				names++
			}
		}
		// The root is no part, and a member is one with its name.
		parts := values - names - 1
		gotParts, gotVariables := countParts([]byte(text))
		if gotParts < parts || gotParts > parts+holders || gotVariables != variables {
			t.Errorf("%q: %d parts, %d variables; want %d to %d, and %d", text, gotParts, gotVariables, parts, parts+holders, variables)
		}
	})
}

// isPlace reports whether a member differs between the two: the place of a string, or the name of the entry.
func isPlace(path cmp.Path) bool {
	switch path.Last().String() {
	case ".Offset", ".Name":
		return true
	}
	return false
}
