// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"encoding/base64"
	"net/http"
	"reflect" //nolint:depguard // a test of what is described
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
)

// envoy stands for one that has no route for anything, and a document that says 418 then. Its line of the access log goes to the server
// that waits for it; at the path /silent it sends none, and at /raw a body that is no text. e2e/control has a real one.
func (s *stack) envoy() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		line := deliver.LogLine{
			ResponseCode: 418, ResponseCodeDetails: new("route_not_found"), ResponseFlags: new("NR"), Type: new("RESOURCE_NOT_FOUND"),
			OriginalStatus: new("404"), Entry: new("RESOURCE_NOT_FOUND"), Method: r.Method, Path: r.RequestURI, Authority: r.Host,
			RequestID: new("an-id"), Protocol: new(r.Proto), StartTime: "2026-01-02T03:04:05Z",
		}
		if r.URL.Path != "/silent" {
			s.control.Logged(r.Context(), "default", r.Header.Get(envoy.TryHeader), line)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusTeapot)
		body := `{"path":"` + r.URL.Path + `","id":"an-id"}`
		if r.URL.Path == "/raw" {
			body = "\xff\xfe"
		}
		_, _ = w.Write([]byte(body)) // the test may be over
	})
}

// TestTry holds the reply beside its line and what the engine says of it, and marks where they differ.
func TestTry(t *testing.T) {
	s := newStack(t)
	base := func(template string) {
		t.Helper()
		text := `{"text": "{\"gatewayResponses\": {\"RESOURCE_NOT_FOUND\": {\"statusCode\": 418, \"responseTemplates\": {\"application/json\": \"` + template + `\"}}}}"}`
		if got := s.send(s.admin, "PUT", "/v1/gateways/default/base", text); got.status != http.StatusOK {
			t.Fatal(got.body)
		}
	}
	try := func(body string) *reply {
		t.Helper()
		got := s.send(s.admin, "POST", "/v1/tries", `{"gateway": "default", "envoy": "edge", `+body+`}`)
		if got.status != http.StatusOK {
			t.Fatalf("%s: status %d: %s", body, got.status, got.body)
		}
		return got
	}
	base(`{\\\"path\\\":\\\"$context.path\\\",\\\"id\\\":\\\"$context.requestId\\\"}`)
	same := try(`"client": "browser", "path": "/x?token=secret", "headers": [{"name": "Accept", "value": "application/json"}, {"name": "Authorization", "value": "secret"}]`)
	if got := same.get("differences").Raw; got != "" || same.get("reply.status").Int() != 418 || same.get("expected.entry.name").String() != "RESOURCE_NOT_FOUND" || same.get("revision").Int() != 1 {
		t.Errorf("differences %s, %s", got, same.body)
	}
	if got := same.get(`sent.headers.#(name=="sec-fetch-mode").value`).String(); got != "navigate" || same.get(`sent.headers.#(name=="accept")`).Exists() {
		t.Errorf("sent: %s", same.get("sent").Raw)
	}
	if got := same.get("line.response_code_details").String(); got != "route_not_found" {
		t.Errorf("the line is %s", same.get("line").Raw)
	}

	entry := s.send(s.admin, "GET", "/v1/audit?limit=500", "").body
	if !strings.Contains(entry, `"action":"Try"`) || strings.Contains(entry, "secret") || !strings.Contains(entry, `{"method":"GET","path":"/x","headers":["accept","authorization","sec-fetch-dest"`) {
		t.Errorf("the audit log has %s", entry)
	}

	s = newStack(t) // a gateway has a second to take what is new
	base("other")
	other := try(`"path": "/x"`)
	if got := other.get("differences.#.what").String(); got != `["body"]` || other.get("differences.0.expected").String() != "other" {
		t.Errorf("differences %s", other.body)
	}
	if got := try(`"path": "/silent"`); got.get("line").Exists() || got.get("expected").Exists() || !strings.Contains(got.get("missing").String(), "gwr emit envoy") {
		t.Errorf("without a line: %s", got.body)
	}
	if got := try(`"path": "/raw"`); got.get("reply.bodyBase64").String() != base64.StdEncoding.EncodeToString([]byte("\xff\xfe")) || got.get("reply.body").String() != "" {
		t.Errorf("no text: %s", got.get("reply").Raw)
	}
}

// TestTryRefused says who may send nothing, and what is never sent.
func TestTryRefused(t *testing.T) {
	s := newStack(t)
	for _, tc := range []struct {
		name, key, body string
		status          int
		detail          string
	}{
		{"who edits", s.key(t, auth.Rights{Role: auth.Edit}), `{"gateway": "default", "envoy": "edge"}`, 403, "takes the role deploy"},
		{"who deploys one API", s.key(t, auth.Rights{Role: auth.Deploy, APIs: []string{"x"}}), `{"gateway": "default", "envoy": "edge"}`, 403, "on all APIs"},
		{"another Envoy", s.admin, `{"gateway": "default", "envoy": "other"}`, 404, "gwrd --try default/other=URL allows it"},
		{"another gateway", s.admin, `{"gateway": "shop", "envoy": "edge"}`, 404, "gwrd --try shop/edge=URL allows it"},
		{"a URL as the Envoy", s.admin, `{"gateway": "default", "envoy": "http://169.254.169.254/"}`, 404, "no request may be sent"},
		{"a URL as the path", s.admin, `{"gateway": "default", "envoy": "edge", "path": "http://169.254.169.254/"}`, 400, "does not begin with a slash"},
		{"two slashes", s.admin, `{"gateway": "default", "envoy": "edge", "path": "//169.254.169.254/"}`, 400, "two slashes"},
		{"all that is wrong", s.admin, `{"gateway": "default", "envoy": "edge", "method": "CONNECT", "headers": [{"name": "host", "value": "x"}]}`, 400, "opens a tunnel, and a request ends with its reply; use another one; the header"},
		{"two bodies", s.admin, `{"gateway": "default", "envoy": "edge", "body": "a", "bodyBase64": "YQ=="}`, 400, "give one of them"},
		{"no base64", s.admin, `{"gateway": "default", "envoy": "edge", "bodyBase64": "?"}`, 400, "bodyBase64: illegal base64"},
		{"another client", s.admin, `{"gateway": "default", "envoy": "edge", "client": "wget"}`, 400, ""},
		{"where it goes", s.admin, `{"gateway": "default", "envoy": "edge", "url": "http://169.254.169.254/"}`, 400, ""},
	} {
		got := s.send(tc.key, "POST", "/v1/tries", tc.body)
		if got.status != tc.status || !strings.Contains(got.get("detail").String(), tc.detail) {
			t.Errorf("%s: status %d: %s, want %d, %q", tc.name, got.status, got.body, tc.status, tc.detail)
		}
	}
	if got := s.send(s.admin, "POST", "/v1/tries?dryRun=true", `{"gateway": "default", "envoy": "edge"}`); got.status != http.StatusBadRequest {
		t.Errorf("a dry run: status %d: %s", got.status, got.body)
	}
	if got := s.send(s.admin, "GET", "/v1/audit", "").body; strings.Contains(got, `"action":"Try"`) {
		t.Errorf("the audit log has what was refused: %s", got)
	}
}

// TestTryClients holds that requests can be sent as all clients, and as no others.
func TestTryClients(t *testing.T) {
	field, _ := reflect.TypeFor[tryInput]().FieldByName("Client")
	var names []string
	for _, c := range AllClients() {
		names = append(names, c.Name)
	}
	if want := strings.Fields(field.Tag.Get("enum")); !slices.Equal(names, want) {
		t.Errorf("the clients are %v, and those of requests %v", names, want)
	}
	in := tryInput{Client: "grpc"}
	r, err := in.request()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]byte{0, 0, 0, 0, 0}, r.Body); diff != "" || !r.HTTP2 || r.Method != http.MethodPost {
		t.Errorf("a call of gRPC is %+v", r)
	}
}
