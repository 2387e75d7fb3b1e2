// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/manyapis"
)

// quoted is a text as JSON has it.
func quoted(text string) string {
	q, _ := json.Marshal(text)
	return string(q)
}

// largeReplies is a document of half a megabyte whose replies have a gigabyte.
var largeReplies = func() string {
	var routes []string
	for i := range 100 {
		routes = append(routes, fmt.Sprintf(`{"name": "r%d", "match": {"pathPrefix": "/r%d"}}`, i, i))
	}
	return `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "` + strings.Repeat("x", 1<<19) + `"}}}, "routes": [` + strings.Join(routes, ",") + `]}`
}()

// TestBadInput holds what callers see of requests that are wrong.
func TestBadInput(t *testing.T) {
	s := newStack(t)
	for _, test := range []struct {
		what, method, path, body string
		headers                  []string
		status                   int
		detail                   string
		// findings are places and messages, where there are some.
		findings []string
	}{
		{
			what: "all mistakes of a body", method: "POST", path: "/apis", body: "{\n \"nam\": 1,\n \"version\": 2}", status: 400,
			detail: `the body is not what this operation takes: nam: unknown key "nam"; did you mean "name"?`,
			findings: []string{
				`2:2 unknown key "nam"; did you mean "name"?`, `3:13 found the number 2; want a string such as "2"`, `1:1 the key "name" is missing`,
			},
		},
		{what: "a member twice", method: "POST", path: "/apis", body: `{"name": "a", "name": "b"}`, status: 400, findings: []string{`1:15 duplicate key "name"; keep one of them`}},
		{what: "a member in another case", method: "POST", path: "/apis", body: `{"Name": "a"}`, status: 400, findings: []string{`1:2 unknown key "Name"; did you mean "name"?`, `1:1 the key "name" is missing`}},
		{what: "no JSON", method: "POST", path: "/apis", body: `name=a`, status: 400, findings: []string{`1:2 not JSON: invalid character 'a' in literal null`}},
		{what: "text behind", method: "POST", path: "/apis", body: `{"name": "a"} {}`, status: 400, findings: []string{`1:15 text after the end of the document; remove it`}},
		{what: "no UTF-8", method: "POST", path: "/apis", body: "{\"name\": \"\xff\"}", status: 400},
		{what: "deep nesting", method: "POST", path: "/apis", body: strings.Repeat(`{"a":`, 1<<20), status: 400},
		{what: "another type", method: "POST", path: "/apis", body: `{"name": "a"}`, headers: []string{"Content-Type: text/plain"}, status: 415, detail: `the content-type "text/plain" is none that this operation takes; send application/json`},
		{what: "a form of a page", method: "POST", path: "/apis", body: `{"name": "a"}`, headers: []string{"Content-Type: application/x-www-form-urlencoded"}, status: 415},
		{what: "a body over the limit", method: "POST", path: "/validate", body: `{"text": "` + strings.Repeat("x", maxBody) + `"}`, status: 413, detail: "the body has more than 8 MiB"},
		{what: "a document over the limit", method: "POST", path: "/validate", body: `{"text": ` + quoted(strings.Repeat(" ", 3<<20)) + `}`, status: 200},
		{what: "an unknown parameter", method: "GET", path: "/apis?limt=1", status: 400, detail: `there is no parameter "limt"; did you mean "limit"?`},
		{what: "parameters that are wrong", method: "GET", path: "/apis?limit=501&cursor=a&cursor=b", status: 400, detail: `"cursor" is there 2 times, want once; "limit" is "501", want a whole number from 1 to 500`},
		{what: "a number that is none", method: "GET", path: "/gateways/default/revisions/one", status: 400, detail: `"number" is "one", want a whole number from 1 on`},
		{what: "a cursor of another list", method: "GET", path: "/gateways/default/revisions?cursor=x", status: 400},
		{what: "a query that is none", method: "GET", path: "/apis?limit=%zz", status: 400},
		{what: "a choice that is none", method: "POST", path: "/gateways/default/rollout", body: `{"action": "rsume"}`, status: 400, findings: []string{`1:12 "rsume" is not known here; did you mean "resume"?`}},
		{what: "a document of nowhere", method: "POST", path: "/survey", body: `{"document": {}}`, status: 400, detail: `a document is either a "text", or that of a "gateway" or an "api"; give one of them`},
		{what: "a document of a gateway that is not there", method: "POST", path: "/survey", body: `{"document": {"gateway": "nix"}}`, status: 404},
		{
			what: "a document that is wrong", method: "POST", path: "/survey", body: `{"document": {"name": "gwr.yaml", "text": "mode: x\nfoo: 1\n"}}`, status: 422,
			findings: []string{`1:7 "x" is not a mode; use "rewrite", "observe" or "off"`, `2:1 unknown key "foo"`},
		},
		{what: "a bomb", method: "POST", path: "/survey", body: `{"document": {"text": ` + quoted("a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f]\n") + `}}`, status: 422},
		{what: "a document of very large replies", method: "POST", path: "/survey", body: `{"document": {"text": ` + quoted(largeReplies) + `}}`, status: 422, detail: "the replies of the document have more than 64 MiB together; ask for fewer at once"},
		{what: "two documents of very large replies", method: "POST", path: "/diff", body: `{"before": {"text": "{}"}, "after": {"text": ` + quoted(largeReplies) + `}}`, status: 422},
		{what: "a route that is not there", method: "POST", path: "/survey", body: `{"document": {"text": "{}"}, "routes": ["shop"]}`, status: 400, detail: `the document has no route "shop"`},
		{what: "a matrix of very large replies", method: "POST", path: "/matrix", body: `{"document": {"text": ` + quoted(largeReplies) + `}}`, status: 422, detail: "the replies of the document have more than 64 MiB together; ask for fewer at once"},
		{what: "a matrix of a route that is not there", method: "POST", path: "/matrix", body: `{"document": {"text": "{}"}, "routes": ["", "shop"]}`, status: 400, detail: `the document has no route "shop"`},
		{what: "a matrix of a type that is not there", method: "POST", path: "/matrix", body: `{"document": {"text": "{}"}, "types": ["THROTTLE"]}`, status: 400, detail: `types: there is no type "THROTTLE"; did you mean THROTTLED?`},
		{what: "a matrix of a client that is none", method: "POST", path: "/matrix", body: `{"document": {"text": "{}"}, "client": {"headers": {"a b": "\u0000"}}}`, status: 400},
		{what: "a matrix of a resource that is none", method: "POST", path: "/matrix", body: `{"document": {"text": "{}"}, "resource": "pets"}`, status: 400, detail: `"resource" is "pets", want a path template that begins with "/"`},
		{what: "a matrix of less than nothing", method: "POST", path: "/matrix", body: `{"document": {"text": "{}"}, "bodyBytes": -1}`, status: 400},
		{what: "what no stage has deployed", method: "POST", path: "/matrix", body: `{"document": {"api": "a", "deployed": true}}`, status: 400, detail: `"deployed" is about a "stage" of an "api" alone, as it is; leave out "gateway" and "responses"`},
		{what: "a name with a line end", method: "POST", path: "/validate", body: `{"name": "a\nb", "text": "{}"}`, status: 400},
		{what: "a file that is none of AWS", method: "POST", path: "/import", body: `{"text": "{}"}`, status: 422},
		{what: "a format that is none", method: "POST", path: "/import", body: `{"text": "{}", "format": "openap"}`, status: 400},
		{what: "a definition that is none", method: "POST", path: "/apis/import", body: `{"text": "openapi: ["}`, status: 400},
		{what: "a type that is none", method: "GET", path: "/apis/nix/responses/NIX", status: 400},
		{what: "an API that is not there", method: "GET", path: "/apis/nix/responses/THROTTLED", status: 404},
		{what: "a base document that does not compile", method: "PUT", path: "/gateways/default/base", body: `{"text": "mode: x\n"}`, status: 400, findings: []string{`1:7 "x" is not a mode; use "rewrite", "observe" or "off"`}},
		{what: "an entry that does not compile", method: "PUT", path: "/gateways/default/base/responses/THROTTLED", body: `{"statusCode": "42"}`, status: 400, findings: []string{`4:21 "42" is not an HTTP status`}},
		{what: "an entry that is not there", method: "DELETE", path: "/gateways/default/base/responses/THROTTLED", status: 400, detail: "base document of default has no entry THROTTLED"},
		{what: "an entry of a type that is none", method: "PUT", path: "/gateways/default/base/responses/NIX", body: `{}`, status: 400, detail: `there is no gateway response type "NIX"; a type of one's own begins with X_`},
		{what: "a type of one's own that is not there", method: "GET", path: "/gateways/default/base/responses/X_NIX", status: 404},
		{what: "a type of one's own that cannot be", method: "PUT", path: "/gateways/default/base/responses/X_%E2%80%AE", body: `{}`, status: 400},
		{what: "a rule without conditions", method: "PUT", path: "/gateways/default/base/responses/X_A", body: `{"rule": {"when": []}}`, status: 400, detail: "when does not hold one object"},
		{what: "entries over those of no gateway", method: "POST", path: "/survey", body: `{"document": {"text": "{}", "base": {}}}`, status: 400},
		{what: "a gateway's name that is none", method: "PUT", path: "/gateways/A%20B", body: `{}`, status: 400},
		{what: "a key for more than its maker is for", method: "POST", path: "/keys", body: `{"name": "x", "rights": {"role": "root"}}`, status: 400},
	} {
		t.Run(test.what, func(t *testing.T) {
			begin := time.Now()
			got := s.send(s.admin, test.method, "/v1"+test.path, test.body, test.headers...)
			if took := time.Since(begin); took > 20*time.Second { // a second or two on a machine that does nothing else
				t.Errorf("it took %s", took)
			}
			if got.status != test.status {
				t.Fatalf("status %d, want %d: %.500s", got.status, test.status, got.body)
			}
			if test.detail != "" && got.get("detail").String() != test.detail {
				t.Errorf("the detail is %q, want %q", got.get("detail"), test.detail)
			}
			if test.findings == nil {
				return
			}
			var found []string
			for _, f := range got.get("findings").Array() {
				found = append(found, fmt.Sprintf("%d:%d %s", f.Get("line").Int(), f.Get("column").Int(), f.Get("message")))
			}
			for i, want := range test.findings {
				if i >= len(found) || !strings.HasPrefix(found[i], want) {
					t.Errorf("the findings are\n%s, want\n%s", strings.Join(found, "\n"), strings.Join(test.findings, "\n"))
					break
				}
			}
		})
	}
}

// TestLargeTexts holds that texts which take much memory are not read all at once, whatever the operation.
func TestLargeTexts(t *testing.T) {
	s := newStack(t)
	for _, test := range []struct{ method, path, body string }{
		{"POST", "/import", `{"text": "{}"}`},
		{"POST", "/validate", `{"text": "{}"}`},
		{"POST", "/diff", `{"before": {"text": "{}"}, "after": {"text": "{}"}}`},
		{"PUT", "/gateways/default/base", `{"text": "{}"}`},
		{"PUT", "/gateways/default/base/responses/THROTTLED", "{}"},
		{"POST", "/apis/import", `{"text": "{}"}`},
	} {
		done, err := s.control.Reading(t.Context(), maxBody)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		got := s.sendIn(ctx, s.admin, test.method, "/v1"+test.path, test.body)
		if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "1" {
			t.Errorf("%s while a large text is read: status %d, %s", test.path, got.status, got.body)
		}
		cancel()
		done()
		if got := s.send(s.admin, test.method, "/v1"+test.path, test.body); got.status == http.StatusTooManyRequests {
			t.Errorf("%s after that: status %d, %s", test.path, got.status, got.body)
		}
	}
}

// TestLargeAnswers holds that answers which are large however small the request is are not made all at once.
func TestLargeAnswers(t *testing.T) {
	s := newStack(t)
	done, err := s.control.Reading(t.Context(), maxBody/2)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	for path, body := range map[string]string{
		"/survey":  `{"document": {"text": "{}"}}`,
		"/matrix":  `{"document": {"text": "{}"}}`,
		"/diff":    `{"before": {"text": "{}"}, "after": {"text": "{}"}}`,
		"/preview": `{"document": {"text": "{}"}, "exchanges": []}`,
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		if got := s.sendIn(ctx, s.admin, "POST", "/v1"+path, body); got.status != http.StatusTooManyRequests {
			t.Errorf("%s while there is little room: status %d, %s", path, got.status, got.body)
		}
		cancel()
	}
	if got := s.send(s.admin, "POST", "/v1/validate", `{"text": "{}"}`); got.status != http.StatusOK {
		t.Errorf("what says little while there is little room: status %d, %s", got.status, got.body)
	}
}

// FuzzServer holds that whatever is sent is answered as the description says: never by a failure of the server, and always by JSON.
func FuzzServer(f *testing.F) {
	for _, at := range journey {
		method := ""
		for _, o := range table() {
			if o.id == at.id {
				method = o.method
			}
		}
		f.Add(method, at.path, []byte(at.body))
	}
	f.Add("PUT", "/hosts/%00/bindings/%2F%2F", []byte(`{"api":"\u0000"}`))
	f.Add("POST", "/preview", []byte(`{"document":{"text":"{}"},"exchanges":[{"error":{"status":"599"}},1]}`))
	s := newStack(f) // what was sent before changes what is there, not the law
	f.Fuzz(func(t *testing.T, method, path string, body []byte) {
		if _, err := http.NewRequest(method, "http://h/v1"+path, nil); err != nil || !strings.HasPrefix(path, "/") || strings.ContainsAny(path, " #") {
			return
		}
		got := s.send(s.admin, method, "/v1"+path, string(body))
		if got.status >= 500 {
			t.Fatalf("%s %s %q: status %d: %s", method, path, body, got.status, got.body)
		}
		values := []string{got.body}
		if strings.HasSuffix(got.header.Get("Content-Type"), "jsonl") {
			values = strings.Split(got.body, "\n")
		}
		for _, value := range values {
			if value != "" && !gjson.Valid(value) {
				t.Fatalf("%s %s %q: status %d, no JSON: %s", method, path, body, got.status, value)
			}
		}
	})
}

// BenchmarkExplain explains an error in a document of 1,000 APIs that the server has compiled before.
func BenchmarkExplain(b *testing.B) {
	s := newStack(b)
	body := `{"document": {"text": ` + quoted(string(manyapis.Different(1000))) + `}, "exchange": {"request": {"path": "/api500/x"}, "error": "THROTTLED"}}`
	for b.Loop() {
		if got := s.send(s.admin, "POST", "/v1/explain", body); got.status != http.StatusOK {
			b.Fatal(got.body)
		}
	}
}
