// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

func TestParse(t *testing.T) {
	const text = `# A comment.
GET /a
GET /b?c=d
Accept: text/html
X-Empty:

DELETE /c
### with a body
POST /d
content-type: application/json

{
  "a": 1

}

### 
// Another comment.
GET /e

###
`
	got, found := Parse("list.http", text)
	if found != nil {
		t.Fatal(found)
	}
	want := []Request{
		{Name: "GET /a", Method: "GET", Path: "/a"},
		{Name: "GET /b?c=d", Method: "GET", Path: "/b?c=d", Headers: facts.Headers{{Name: "accept", Value: "text/html"}, {Name: "x-empty"}}},
		{Name: "DELETE /c", Method: "DELETE", Path: "/c"},
		{Name: "with a body", Method: "POST", Path: "/d", Headers: facts.Headers{{Name: "content-type", Value: "application/json"}}, Body: "{\n  \"a\": 1\n\n}"},
		{Name: "GET /e", Method: "GET", Path: "/e"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "a: there is no request in it; a request is a line such as GET /orders\n",
		"get /a\nGET a\n":         "a:1:1: \"get /a\" is no request; write a method and a path, such as GET /orders\na:2:1: \"GET a\" is no request; write a method and a path, such as GET /orders\n",
		"GET /a\nbody\n b: c d\n": "a:2:1: \"body\" is no header; write NAME: VALUE, and an empty line in front of a body\n",
		"GET /a\nx y: z\n":        "a:2:1: \"x y: z\" is no header; write NAME: VALUE, and an empty line in front of a body\n",
	} {
		_, found := Parse("a", text)
		var got strings.Builder
		for _, f := range found {
			got.WriteString(f.String())
			got.WriteString(": " + f.Message + "\n")
		}
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestFromInventory(t *testing.T) {
	requests, unasked, err := FromInventory([]byte(`{"losses": [], "inventory": [
		{"type": "UNAUTHORIZED", "feature": "an authorizer"}, {"type": "UNAUTHORIZED", "feature": "another"},
		{"type": "MISSING_AUTHENTICATION_TOKEN"}, {"type": "THROTTLED"}, {"feature": "no type"}, {"type": "WAF_FILTERED"}]}`), "/orders")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range requests {
		got = append(got, requests[i].Name+": "+requests[i].Method+" "+requests[i].Path)
	}
	want := []string{
		"UNAUTHORIZED, no credential: GET /orders", "UNAUTHORIZED, a bad token: GET /orders",
		"MISSING_AUTHENTICATION_TOKEN, no such resource: GET /gwr-compare/no-such-resource",
		"WAF_FILTERED, an attack: GET /orders?q=%3Cscript%3Ealert(1)%3C/script%3E",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]config.ResponseType{"THROTTLED"}, unasked); diff != "" {
		t.Errorf("unasked (-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		"{":                                      "unexpected end of JSON input",
		"{}":                                     "it has no inventory; gwr import --report writes one",
		`{"inventory": [{"type": "THROTTLED"}]}`: "none of the types in the inventory is raised by a single request",
	} {
		if _, _, err := FromInventory([]byte(text), "/"); err == nil || err.Error() != want {
			t.Errorf("FromInventory(%s): %v, want %s", text, err, want)
		}
	}
}

// FuzzParse: every request that is read can be sent and, written down again, is read the same; or there is a finding.
func FuzzParse(f *testing.F) {
	f.Add("GET /a\nx: y\n\nbody\n###\n")
	f.Add("### a\nPOST /\n\nGET /\n")
	f.Add("# x\nGET /\r\nA:b\r\n\r\nc\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4<<10 {
			return
		}
		requests, found := Parse("a", text)
		if (len(requests) == 0) && (len(found) == 0) {
			t.Error("neither a request nor a finding")
		}
		if len(found) > 0 {
			return
		}
		var b strings.Builder
		for i := range requests {
			b.WriteString(written(&requests[i]))
		}
		again, found := Parse("a", b.String())
		if len(found) > 0 {
			t.Fatalf("%q: %v", b.String(), found)
		}
		if diff := cmp.Diff(requests, again); diff != "" {
			t.Errorf("%q: a second time (-first +second):\n%s", text, diff)
		}
	})
}

// written writes a request as Parse reads it.
func written(r *Request) string {
	var b strings.Builder
	b.WriteString("### " + r.Name + "\n" + r.Method + " " + r.Path + "\n")
	if r.Host != "" {
		b.WriteString("host: " + r.Host + "\n")
	}
	for _, h := range r.Headers {
		b.WriteString(h.Name + ": " + h.Value + "\n")
	}
	if r.Body != "" {
		b.WriteString("\n" + r.Body + "\n")
	}
	return b.String()
}
