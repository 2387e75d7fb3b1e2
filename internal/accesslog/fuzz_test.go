// SPDX-License-Identifier: Apache-2.0

package accesslog

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/source"
)

// FuzzParse holds, for any line: a parser reads it like a fresh one, whatever it has read before; what it takes is JSON to
// encoding/json, too, which finds the same status and details; and the text stays as it was.
func FuzzParse(f *testing.F) {
	f.Add(lineOfEnvoy)
	f.Add(`{"response_code":"404","request_headers":{"accept":7},"route_metadata":{"route":false},"attributes":{"metadata.a/b":"c"}}`)
	f.Add(`{"response_code":200,"response_code":500,"x":[{"y":[]}],"path":"\ud800"}`)
	f.Add(`{"response_code":1e2}`)
	f.Add(`[{}]`)
	used := NewParser(DefaultFields())
	f.Fuzz(func(t *testing.T, text string) {
		before := text
		raw := []byte(text)
		line, err := used.Parse(raw)
		again, otherErr := NewParser(DefaultFields()).Parse([]byte(text))
		if (err == nil) != (otherErr == nil) {
			t.Fatalf("%v from a parser that was used, %v from a fresh one", err, otherErr)
		}
		if string(raw) != before {
			t.Fatal("the text has changed")
		}
		if err != nil {
			return
		}
		if line.Status != again.Status || line.Details != again.Details || line.Exchange().Request.Path != again.Exchange().Request.Path {
			t.Errorf("%+v from a parser that was used, %+v from a fresh one", line, again)
		}
		var fields map[string]any
		if err := json.Unmarshal([]byte(text), &fields); err != nil {
			t.Fatalf("taken, and no JSON: %v", err)
		}
		if want, ok := fields["response_code_details"].(string); ok && want != "-" && want != line.Details {
			t.Errorf("details %q, want %q", line.Details, want)
		}
		if want, ok := fields["response_code"].(float64); ok && strconv.Itoa(line.Status) != strconv.FormatFloat(want, 'f', -1, 64) {
			t.Errorf("status %d, want %v", line.Status, want)
		}
	})
}

// FuzzFields holds that a field map is refused with a finding that stands in its text, or leads each of its fields to a value in a line
// that is made of the map.
func FuzzFields(f *testing.F) {
	f.Add("response_code: http.status\nresponse_code_details: [why, a.b]\nrequest_headers.accept: x\n")
	f.Add(`{"response_code": "status", "path": ["a", "b"]}`)
	f.Add("request_headers: h\nrequest_headers.accept: h.accept\n")
	f.Add("response_code: []\n")
	f.Fuzz(func(t *testing.T, text string) {
		document, _ := source.Read("f.yaml", []byte(text))
		if document == nil {
			return
		}
		fields, found := NewFields(document)
		if (fields == nil) != found.HasErrors() {
			t.Fatalf("fields %v, findings %v", fields, found)
		}
		for _, one := range found {
			if one.Line < 1 || one.Line > 1+strings.Count(text, "\n") || one.Message == "" {
				t.Errorf("a finding outside of the text: %+v", one)
			}
		}
		if fields == nil {
			return
		}
		if _, err := NewParser(fields).Parse([]byte(lineOfEnvoy)); err != nil && !errors.Is(err, errNoStatus) {
			t.Errorf("a line of Envoy: %v", err)
		}
	})
}
