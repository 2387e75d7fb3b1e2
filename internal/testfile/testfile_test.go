// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
)

const whole = `x-shared: &shared
  accept: text/html
document: gwr.yaml
tests:
- name: all keys
  request:
    method: POST
    path: /a?b=c
    host: h.example.com:8443
    scheme: http
    protocol: HTTP/2
    headers: {<<: *shared, X-A: [b, 1]}
    source: 192.0.2.1:5
    time: 2026-01-02T03:04:05Z
  error:
    type: THROTTLED
    details: local_rate_limited
    flags: [UF, "URX,RL"]
    status: "429"
    owner: o
    headers: {a: 1}
    body: no
    source: local
  envoy:
    routeName: r
    virtualHost: v
    cluster: c
    upstream: 192.0.2.2:1
    route: off
    routeDocument: "{}"
    routeMetadata: {a: {b: {c: d}}}
    metadata: {ns: {n: 1.5, b: true}}
    filterState: {k.l: v}
    attributes: {connection.mtls: false}
  want:
    status: 418
    headers:
      X-One: 1
      two: [a, b]
      gone: null
      e: {equals: x}
      c: {contains: x}
      g: {glob: "x*"}
      r: {regexp: "x|y"}
      p: {present: true}
      n: {present: false}
    body: {equals: a, json: {b: [1]}, paths: {a.b: 1}, lacks: c, contains: [d, e], file: golden/a.html}
    type: THROTTLED
    entry: DEFAULT_4XX
    left: observe
- {name: short, request: GET /pets, error: ACCESS_DENIED, want: {untouched: true, body: ""}}
`

// read reads a file without findings.
func read(t *testing.T, text string) *File {
	t.Helper()
	file, found := Read("a.test.yaml", []byte(text))
	if len(found) > 0 {
		t.Fatalf("findings: %v", found)
	}
	return file
}

func TestRead(t *testing.T) {
	file := read(t, whole)
	body := "no"
	want := exchange.Exchange{
		Request: exchange.Request{
			Method: "POST", Path: "/a?b=c", Host: "h.example.com:8443", Scheme: "http", Protocol: "HTTP/2",
			Headers: facts.Headers{{Name: "x-a", Value: "b"}, {Name: "x-a", Value: "1"}, {Name: "accept", Value: "text/html"}},
			Source:  "192.0.2.1:5", Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		},
		Error: exchange.Error{
			Type: "THROTTLED", Details: "local_rate_limited", Status: 429, Owner: "o", Headers: facts.Headers{{Name: "a", Value: "1"}}, Body: &body,
			Flags: facts.ParseFlag("UF") | facts.ParseFlag("URX") | facts.ParseFlag("RL"),
		},
		Envoy: exchange.Envoy{
			RouteName: "r", VirtualHost: "v", Cluster: "c", Upstream: "192.0.2.2:1", DocumentRoute: "off", RouteDocument: "{}",
			Attributes: facts.Attributes{
				facts.RouteMetadataPath("a", "b", "c"): "d", facts.MetadataPath("ns/n"): facts.Number(1.5), facts.MetadataPath("ns/b"): facts.Boolean(true),
				facts.AttributePath("filter_state", "k.l"): "v", facts.AttributePath("connection", "mtls"): facts.Boolean(false),
			},
		},
	}
	if diff := cmp.Diff(want, file.Tests[0].Exchange); diff != "" {
		t.Errorf("the exchange (-want +got):\n%s", diff)
	}
	w := file.Tests[0].Want
	var headers []string
	for _, h := range w.Headers {
		var values []string
		for _, value := range h.Values {
			values = append(values, value.Value)
		}
		headers = append(headers, h.Name.Value+" "+strings.Join(values, ",")+" "+string('0'+rune(h.Test)))
	}
	if diff := cmp.Diff([]string{"x-one 1 0", "two a,b 0", "gone  1", "e x 0", "c x 3", "g x* 4", "r x|y 5", "p  2", "n  1"}, headers); diff != "" {
		t.Errorf("headers, values and tests (-want +got):\n%s", diff)
	}
	if !w.Headers[6].Pattern.MatchString("y") || w.Headers[6].Pattern.MatchString("xy") {
		t.Errorf("the pattern %s does not match whole values", w.Headers[6].Pattern)
	}
	got := []string{
		w.Status.Value, w.Type.Value, w.Entry.Value, w.Left.Value, w.Body.Equals.Value, w.Body.JSON.Value, w.Body.Paths[0].Path.Value,
		w.Body.Paths[0].Value, w.Body.Lacks[0].Value, w.Body.Contains[1].Value, w.Body.File.Value,
	}
	if diff := cmp.Diff([]string{"418", "THROTTLED", "DEFAULT_4XX", "observe", "a", `{"b":[1]}`, "a.b", "1", "c", "e", "golden/a.html"}, got); diff != "" {
		t.Errorf("what is wanted (-want +got):\n%s", diff)
	}
	short := file.Tests[1]
	if short.Exchange.Request.Path != "/pets" || short.Exchange.Error.Type != "ACCESS_DENIED" || short.Want.Untouched.Value == "" || short.Want.Body.Equals == nil {
		t.Errorf("the short test is %+v", short)
	}
}

func TestDocuments(t *testing.T) {
	const tests = "\ntests: [{name: a, error: THROTTLED, want: {status: 429}}]"
	for text, want := range map[string][]string{"": nil, "document: a.yaml": {"a.yaml"}, "document: [a.yaml, b/c.json]": {"a.yaml", "b/c.json"}} {
		var got []string
		for _, path := range read(t, text+tests).Documents {
			got = append(got, path.Value)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the documents of %q (-want +got):\n%s", text, diff)
		}
	}
}

// TestPlace holds that places are those of the file that a person wrote.
func TestPlace(t *testing.T) {
	file := read(t, whole)
	for _, tc := range []struct {
		text Text
		want string
	}{
		{file.Tests[0].Name, "a.test.yaml:5:9"},
		{file.Tests[0].Want.Status, "a.test.yaml:36:13"},
		{file.Tests[0].Want.Headers[2].Name, "a.test.yaml:40:7"},
		{file.Tests[1].Want.Untouched, "a.test.yaml:51:66"},
	} {
		if got := file.Place(tc.text.Offset).String(); got != tc.want {
			t.Errorf("%q stands at %s, want %s", tc.text.Value, got, tc.want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	const frame = "tests:\n- name: a\n  error: THROTTLED\n  want: {status: 400}\n"
	for _, tc := range []struct{ name, text, want string }{
		{"empty", "", `a.test: the file is empty; write at least "tests"`},
		{"no tests", "document: a", `1:1: the file has no tests; add "tests"`},
		{"no document", "document: []\n" + frame, "1:11: document: the list is empty and matches nothing; remove the key"},
		{"document twice", "document: [a, a]\n" + frame, `1:15: document[1]: "a" is on the list already; keep one of them`},
		{"no test", "tests: []", "1:8: tests: the list is empty and matches nothing; remove the key"},
		{"a list", "- a", "1:1: found an array; want an object"},
		{"unknown key", "test:\n- a", `1:1: test: unknown key "test"; did you mean "tests"? // 1:1: the file has no tests; add "tests"`},
		{"unknown key of a test", frame + "  wants: {}", `5:3: tests[0].wants: unknown key "wants"; did you mean "want"?`},
		{"unknown key of a body", strings.Replace(frame, "status: 400", "body: {contain: a}", 1), `4:17: tests[0].want.body.contain: unknown key "contain"; did you mean "contains"?`},
		{"missing keys", "tests:\n- request: GET /", `2:3: tests[0]: the test has no name; add "name" // 2:3: tests[0]: the test has no error; add "error" // 2:3: tests[0]: the test has no want; add "want"`},
		{"empty name", strings.Replace(frame, "a\n", "''\n", 1), `2:9: tests[0].name: "name" is empty; write a text, or remove the key`},
		{"same name", frame + strings.TrimPrefix(frame, "tests:\n"), `5:9: tests[1].name: "a" is on the list already; keep one of them`},
		{"status", strings.Replace(frame, "400", "4xx", 1), `4:18: tests[0].want.status: "4xx" is no status; use 200 to 599`},
		{"nothing wanted", strings.Replace(frame, "status: 400", "", 1), `4:9: tests[0].want: nothing is wanted; add "status", "headers", "body" or "untouched"`},
		{"nothing wanted of the body", strings.Replace(frame, "status: 400", "body: {}", 1), `4:16: tests[0].want.body: nothing is wanted of the body; add "equals", "json", "paths", "lacks", "contains" or "file"`},
		{"untouched false", strings.Replace(frame, "status: 400", "untouched: false", 1), "4:21: tests[0].want.untouched: found false; want true, or no key at all"},
		{
			"two tests of a header", strings.Replace(frame, "status: 400", "headers: {a: {equals: b, glob: c}}", 1),
			`4:23: tests[0].want.headers.a: a header has one test; write "equals", "contains", "glob", "regexp" or "present"`,
		},
		{"no header", strings.Replace(frame, "status: 400", "headers: {a b: c}", 1), `4:20: tests[0].want.headers["a b"]: "a b" is no name of a header`},
		{"header twice", strings.Replace(frame, "status: 400", "headers: {A: c, a: d}", 1), `4:26: tests[0].want.headers.a: "a" is there already, in another spelling`},
		{"pattern", strings.Replace(frame, "status: 400", "headers: {a: {regexp: '['}}", 1), "4:32: tests[0].want.headers.a.regexp: \"[\" is no regular expression: error parsing regexp: missing closing ]: `[`"},
		{"pattern that ends the group", strings.Replace(frame, "status: 400", "headers: {a: {regexp: ')('}}", 1), "4:32: tests[0].want.headers.a.regexp: \")(\" is no regular expression: error parsing regexp: unexpected ): `)(`"},
		{"file outside", strings.Replace(frame, "status: 400", "body: {file: ../a}", 1), `4:23: tests[0].want.body.file: "../a" leads out of the folder of the test file; write a path below it`},
		{"host among the headers", frame + "  request: {headers: {Host: a}}", `5:23: tests[0].request.headers.Host: "Host" has a key of its own; write "host" beside "headers"`},
		{"request line", frame + "  request: /pets", `5:12: tests[0].request: "/pets" is no request; write e.g. "GET /pets"`},
		{"path", frame + "  request: {path: pets}", `5:19: tests[0].request.path: "pets" is no path of a request; one begins with "/"`},
		{"method", frame + "  request: {method: a b}", `5:21: tests[0].request.method: "a b" is not a method such as GET`},
		{"control character", frame + `  request: {path: "/\u0001"}`, `5:19: tests[0].request.path: "/\x01" has a control character, which no request and no header can have`},
		{"scheme", frame + "  request: {scheme: ftp}", `5:21: tests[0].request.scheme: "ftp" is not a scheme; use "http" or "https"`},
		{"time", frame + "  request: {time: today}", `5:19: tests[0].request.time: "today" is no time; write e.g. "2026-01-02T03:04:05Z"`},
		{"flag", strings.Replace(frame, "THROTTLED", "{status: 503, flags: XX}", 1), `3:31: tests[0].error.flags: "XX" is no response flag of Envoy; write e.g. "UT" or "UF,URX"`},
		{"no error", strings.Replace(frame, "THROTTLED", "{owner: a}", 1), `3:10: tests[0].error: the error is not named; add "type", or "details" and "status"`},
		{"metadata without namespace", frame + "  envoy: {metadata: {a: b}}", `5:22: tests[0].envoy.metadata.a: "a" is a namespace; write an object with its keys`},
		{"attribute", frame + "  envoy: {attributes: {a: [b]}}", "5:27: tests[0].envoy.attributes.a: found an array; want a text, a number, true or false"},
		{
			"number", `{"tests": [{"name": "a", "error": "THROTTLED", "want": {"untouched": true}, "envoy": {"attributes": {"a": 1e999}}}]}`,
			"1:107: tests[0].envoy.attributes.a: 1e999 is too large for a number",
		},
		{"duplicate key", frame + "  name: b", `5:3: tests[0].name: duplicate key "name"; keep one of them`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file, found := Read("a.test", []byte(tc.text))
			if file != nil {
				t.Error("the file is not refused")
			}
			var got []string
			for _, f := range found {
				line := strings.TrimPrefix(f.String(), "a.test:") + ": "
				if f.Path != "" {
					line += f.Path + ": "
				}
				got = append(got, line+f.Message)
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, " // ")); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzRead holds that whatever is read ends in findings or in tests that can be told apart, all of them at places of the file.
func FuzzRead(f *testing.F) {
	f.Add(whole)
	f.Add(`{"tests": [{"name": "a", "error": {"status": 403}, "want": {"body": {"json": null}}}]}`)
	f.Add("tests:\n- &a {name: b, error: *a}")
	f.Fuzz(func(t *testing.T, text string) {
		file, found := Read("a.test", []byte(text))
		lines := strings.Count(text, "\n") + 1
		for _, one := range found {
			if one.Line > lines || one.Message == "" {
				t.Errorf("a finding at line %d of %d: %q", one.Line, lines, one.Message)
			}
		}
		if (file == nil) != found.HasErrors() {
			t.Fatalf("the file is %v, the findings are %v", file, found)
		}
		if file == nil {
			return
		}
		names := map[string]bool{}
		for _, test := range file.Tests {
			if names[test.Name.Value] || test.Name.Value == "" || test.Error.Value == "" {
				t.Errorf("the test %q is there twice, or has no name or no error", test.Name.Value)
			}
			names[test.Name.Value] = true
			if place := file.Place(test.Error.Offset); place.Line < 1 || place.Line > lines {
				t.Errorf("the error of %q is at line %d of %d", test.Name.Value, place.Line, lines)
			}
		}
	})
}
