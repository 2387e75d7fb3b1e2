// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/schematest"
)

// TestDescription holds that docs/openapi.json is what the server serves.
func TestDescription(t *testing.T) {
	text, err := Description()
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, "../../../docs/openapi.json", string(text))
	if got := newStack(t).send("", http.MethodGet, "/v1/openapi.json", ""); got.body != string(text) {
		t.Errorf("the server serves another description, %d bytes", len(got.body))
	}
}

// parsed is the description of the server, read as any client reads it.
type parsed struct {
	Paths      map[string]map[string]operationObject
	Components json.RawMessage
}

// operationObject is an operation in the description.
type operationObject struct {
	OperationID string `json:"operationId"`
	RequestBody *struct {
		Required bool
		Content  map[string]struct{ Schema json.RawMessage }
	}
	Responses map[string]struct {
		Headers map[string]any
		Content map[string]struct{ Schema json.RawMessage }
	}
}

// schema compiles a schema of the description.
func (p *parsed) schema(t *testing.T, schema json.RawMessage) schematest.Schema {
	t.Helper()
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(schema, &whole); err != nil {
		t.Fatal(err)
	}
	whole["components"] = p.Components
	text, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	return schematest.Compile(t, text)
}

// TestEveryOperation calls every operation as described, and holds requests and answers against the description.
func TestEveryOperation(t *testing.T) {
	s := newStack(t)
	var p parsed
	if err := json.Unmarshal([]byte(s.send("", http.MethodGet, "/v1/openapi.json", "").body), &p); err != nil {
		t.Fatal(err)
	}
	uncalled := map[string]bool{}
	byID := map[string]operationObject{}
	for _, methods := range p.Paths {
		for _, d := range methods {
			uncalled[d.OperationID], byID[d.OperationID] = true, d
		}
	}
	values := saved{}
	for _, at := range journey {
		d := byID[at.id]
		delete(uncalled, at.id)
		if body := d.RequestBody; (body != nil) != (at.body != "") {
			t.Errorf("%s: the description has a body: %t, the call: %t", at.id, body != nil, at.body != "")
		} else if body != nil && at.media == "" {
			if err := p.schema(t, body.Content[mediaJSON].Schema).Validate(t, []byte(values.in(at.body))); err != nil {
				t.Errorf("%s: the request is not as described: %v", at.id, err)
			}
		}
		got := s.take(t, s.whoTakes(t, at), at, values)
		answer, ok := d.Responses[strconv.Itoa(got.status)]
		if !ok {
			t.Errorf("%s %s: status %d is not described: %s", at.id, values.in(at.path), got.status, got.body)
			continue
		}
		if (got.header.Get("ETag") != "") != (answer.Headers["ETag"] != nil) {
			t.Errorf("%s: ETag is %q, described: %t", at.id, got.header.Get("ETag"), answer.Headers["ETag"] != nil)
		}
		media, _, _ := strings.Cut(got.header.Get("Content-Type"), ";")
		content, ok := answer.Content[media]
		switch {
		case got.body == "" && answer.Content == nil:
		case !ok:
			t.Errorf("%s: content-type %q is not described", at.id, media)
		case strings.HasSuffix(media, "json"):
			if err := p.schema(t, content.Schema).Validate(t, []byte(got.body)); err != nil {
				t.Errorf("%s: the answer is not as described: %v\n%s", at.id, err, got.body)
			}
		}
	}
	if len(uncalled) > 0 {
		t.Errorf("no call of %v", slices.Sorted(maps.Keys(uncalled)))
	}
}

// TestNothingElse holds that no path and no method is answered that is not described.
func TestNothingElse(t *testing.T) {
	s := newStack(t)
	paths := map[string]map[string]bool{}
	for _, o := range table() {
		if paths[o.path] == nil {
			paths[o.path] = map[string]bool{}
		}
		paths[o.path][o.method] = true
	}
	for path, methods := range paths {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X"} {
			got := s.send(s.admin, method, strings.NewReplacer("{", "", "}", "").Replace(path), "")
			if isRefused := got.status == http.StatusMethodNotAllowed; isRefused == methods[method] {
				t.Errorf("%s %s: status %d, described: %t", method, path, got.status, methods[method])
			}
		}
		for _, other := range []string{path + "/", path + "/x/y/z", strings.Replace(path, "/v1/", "/v1//", 1), strings.ToUpper(path), path + "%2F..", "/v1/../" + path} {
			if got := s.send(s.admin, http.MethodPost, strings.NewReplacer("{", "", "}", "").Replace(other), ""); got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
				t.Errorf("POST %s: status %d: %s", other, got.status, got.body)
			}
		}
	}
}
