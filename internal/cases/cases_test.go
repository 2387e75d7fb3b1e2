// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

const whole = `What it shows.
-- document.json --
{}
-- request --
HEAD /a?b=c HTTP/1.1
Host: api.example.com
X-Odd:= "a\x00b"
-- envoy --
details: some details
flags: UT,URX
owner: filter
code: 504
time: 2026-01-02T03:04:05Z
-- reply --
HTTP/1.1 503
Server: x

two
lines
-- want --
HTTP/1.1 504
x-a: 1
!X-Gone

body
-- trace --
type: INTEGRATION_TIMEOUT
left: off
`

func TestParse(t *testing.T) {
	got, err := Parse("dir/whole", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	want := Case{
		Name: "dir/whole", About: "What it shows.", Document: []byte("{}"), Code: 504,
		Facts: facts.Facts{
			Request: facts.Request{
				Protocol: "HTTP/1.1",
				Time:     time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC).UnixNano(),
				Headers: facts.Headers{
					{Name: ":method", Value: "HEAD"},
					{Name: ":path", Value: "/a?b=c"},
					{Name: ":authority", Value: "api.example.com"},
					{Name: ":scheme", Value: "http"},
					{Name: "x-odd", Value: "a\x00b"},
				},
			},
			Reply: facts.Reply{
				Status: 503, Details: "some details", Flags: facts.ParseFlag("UT") | facts.ParseFlag("URX"), Owner: "filter",
				Headers: facts.Headers{{Name: ":status", Value: "503"}, {Name: "server", Value: "x"}},
				HasBody: true, Body: []byte("two\nlines"),
			},
		},
		Want:  Want{Status: 504, Headers: facts.Headers{{Name: "x-a", Value: "1"}}, Absent: []string{"x-gone"}, Body: []byte("body")},
		Trace: Trace{Type: "INTEGRATION_TIMEOUT", Left: "off"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
	if !got.Head() {
		t.Error("Head() = false, want true")
	}
}

func TestParseErrors(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"no comment", "What it shows.\n", "", "no text before the first file"},
		{"unknown file", "-- trace --", "-- traces --", `unknown file "traces"`},
		{"file missing", "-- reply --", "-- want --", `two files called "want"`},
		{"no request", "-- request --\n", "", `no file "request"`},
		{"request line", "HEAD /a?b=c HTTP/1.1", "HEAD /a?b=c", `"HEAD /a?b=c" is not a request line`},
		{"status line", "HTTP/1.1 504", "504", `"504" is not a status line`},
		{"header line", "x-a: 1", "x-a", `"x-a" is not a header line`},
		{"literal", `"a\x00b"`, `a\x00b`, "is not a Go string literal"},
		{"flag", "UT,URX", "UT;URX", `"UT;URX" is not a response flag`},
		{"route metadata", "owner: filter", "routeMetadata: istio=shop", `"istio=shop" is not route metadata`},
		{"fact", "owner: filter", "filter: owner", `line "filter: owner\n" is not one`},
		{"code", "code: 504", "code: four", `code "four" is not a status`},
		{"time", "2026-01-02T03:04:05Z", "today", `parsing time "today"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := strings.Replace(whole, tc.old, tc.new, 1)
			if text == whole {
				t.Fatalf("%q does not occur in the case", tc.old)
			}
			_, err := Parse("x", []byte(text))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Parse = %v, want an error with %q", err, tc.want)
			}
		})
	}
}

func TestTemplates(t *testing.T) {
	const rest = "\n-- request --\nGET / HTTP/1.1\n-- reply --\nHTTP/1.1 403\n"
	for _, tc := range []struct{ name, document, file, text, want string }{
		{"nothing there", `{}`, "A text/html", "<p>\n", `{"gatewayResponses": {"A": {"responseTemplates": {"text/html": "<p>"}}}}`},
		{"no last line end", `{}`, "A b", "{\"a\":\n\t1}\n\n", `{"gatewayResponses": {"A": {"responseTemplates": {"b": "{\"a\":\n\t1}\n"}}}}`},
		{
			"another entry", `{"gatewayResponses": {"B": {}}, "mode": "off"}`, "A b", "",
			`{"gatewayResponses": {"B": {}, "A": {"responseTemplates": {"b": ""}}}, "mode": "off"}`,
		},
		{
			"beside a status", `{"mode": "off", "gatewayResponses": { "A": {"statusCode": "404" } } }`, "A b", "c",
			`{"mode": "off", "gatewayResponses": { "A": {"statusCode": "404", "responseTemplates": {"b": "c"} } } }`,
		},
		{
			"beside a template", `{"gatewayResponses": {"A": {"responseTemplates": {"a": "b"}}}}`, "A b", "c",
			`{"gatewayResponses": {"A": {"responseTemplates": {"a": "b", "b": "c"}}}}`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Parse("x", []byte("Shows.\n-- document.json --\n"+tc.document+rest+"-- template: "+tc.file+" --\n"+tc.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got.Document)); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
	for _, tc := range []struct{ name, document, file, want string }{
		{"no media type", `{}`, "A", "want the name of an entry and a media type"},
		{"no object", `{"gatewayResponses": []}`, "A b", "is not an object"},
		{"twice", `{"gatewayResponses": {"A": {"responseTemplates": {"b": ""}}}}`, "A b", "a template of its own"},
		{"no JSON", `{"a"`, "A b", "unexpected EOF"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Parse("x", []byte("Shows.\n-- document.json --\n"+tc.document+rest+"-- template: "+tc.file+" --\n"))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Parse = %v, want an error with %q", err, tc.want)
			}
		})
	}
}

// FuzzTemplates holds that a template that is put into a document can be read there, and that the rest stays as it was.
func FuzzTemplates(f *testing.F) {
	f.Add(`{}`, "A", "text/html", "<p>")
	f.Add(`{"gatewayResponses": {"A": {"statusCode": "404"}}, "mode": "off"}`, "A", "b", "\"\\\n")
	f.Add(`{"gatewayResponses": {"A": {"responseTemplates": {"a": "b"}}}}`, "A", "b", "")
	f.Fuzz(func(t *testing.T, document, entry, media, text string) {
		var before, after map[string]any
		if json.Unmarshal([]byte(document), &before) != nil || before == nil || !utf8.ValidString(entry+media+text) || strings.Contains(entry, " ") {
			return
		}
		c := Case{Document: []byte(document)}
		if c.addTemplate(templatePrefix+entry+" "+media, text+"\n") != nil {
			return
		}
		if err := json.Unmarshal(c.Document, &after); err != nil {
			t.Fatalf("%q is not JSON any more: %v", c.Document, err)
		}
		object := after
		for _, name := range []string{"gatewayResponses", entry, "responseTemplates"} {
			object, _ = object[name].(map[string]any)
		}
		if object[media] != text {
			t.Errorf("%q has the template %q, want %q", c.Document, object[media], text)
		}
		delete(before, "gatewayResponses")
		delete(after, "gatewayResponses")
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("what is beside the entries has changed (-want +got):\n%s", diff)
		}
	})
}

func TestDiff(t *testing.T) {
	want := Want{
		Status: 404, Headers: facts.Headers{{Name: "a", Value: "1"}, {Name: "a", Value: "2"}},
		Absent: []string{"gone"}, Body: []byte("b"),
	}
	same := facts.Headers{{Name: "a", Value: "1"}, {Name: "b", Value: "free"}, {Name: "a", Value: "2"}}
	if diff := want.Diff(404, same, []byte("b"), true); diff != "" {
		t.Errorf("Diff of what is wanted = %q, want none", diff)
	}
	if diff := want.Diff(404, same, nil, false); diff != "" {
		t.Errorf("Diff without a body to compare = %q, want none", diff)
	}
	other := facts.Headers{{Name: "a", Value: "1"}, {Name: "gone", Value: "x"}}
	const all = "status 500, want 404\n" + `a: ["1"], want ["1" "2"]` + "\n" + `gone: ["x"], want none` + "\n" + "body \"c\"\nwant \"b\"\n"
	if diff := cmp.Diff(all, want.Diff(500, other, []byte("c"), true)); diff != "" {
		t.Errorf("Diff (-want +got):\n%s", diff)
	}
}

func TestLoad(t *testing.T) {
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 90 {
		t.Errorf("Load() has %d cases, want at least 90", len(all))
	}
}
