// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
)

// TestDryRuns tries every operation that has a dry run just before it is called, and holds that the answer is as described, that what it
// would answer is what it answers, and that the audit log knows nothing of it.
func TestDryRuns(t *testing.T) {
	s := newStack(t)
	var p parsed
	if err := json.Unmarshal([]byte(s.send("", http.MethodGet, "/v1/openapi.json", "").body), &p); err != nil {
		t.Fatal(err)
	}
	described := map[string]operationObject{}
	for _, methods := range p.Paths {
		for _, d := range methods {
			described[d.OperationID] = d
		}
	}
	values, tried := saved{}, 0
	for _, at := range journey {
		if byID(t, at.id).hasDryRun() {
			tried++
			before := s.send(s.admin, http.MethodGet, "/v1/audit?limit=1", "").body
			trial := at
			trial.path, trial.save = at.path+"?dryRun=true", ""
			got := s.take(t, s.admin, trial, values)
			if got.status != http.StatusOK || got.header.Get("ETag") != "" {
				t.Errorf("%s: status %d, ETag %q: %s", at.id, got.status, got.header.Get("ETag"), got.body)
				continue
			}
			schema := described[at.id].Responses["200"].Content[mediaJSON].Schema
			if err := p.schema(t, schema).Validate(t, []byte(got.body)); err != nil {
				t.Errorf("%s: the answer is not as described: %v\n%s", at.id, err, got.body)
			}
			if after := s.send(s.admin, http.MethodGet, "/v1/audit?limit=1", "").body; after != before {
				t.Errorf("%s: the audit log has %s", at.id, after)
			}
			if isThere := got.get("answer").Exists(); isThere != (byID(t, at.id).status != http.StatusNoContent) {
				t.Errorf("%s: it would answer with %s", at.id, got.body)
			}
			at.path += "?dryRun=false"
		}
		if got := s.take(t, s.whoTakes(t, at), at, values); got.status >= http.StatusBadRequest {
			t.Fatalf("%s: status %d: %s", at.id, got.status, got.body)
		}
	}
	if tried < 11 {
		t.Errorf("%d operations have a dry run", tried)
	}
}

// TestDryRunOfDeployment holds that a deployment says what clients will see, and that one of something else than was shown is refused.
func TestDryRunOfDeployment(t *testing.T) {
	s := newStack(t)
	api := s.api(t, "shop")
	s.send(s.admin, "POST", "/v1/hosts", `{"host": "shop.example.com"}`)
	s.send(s.admin, "PUT", "/v1/hosts/shop.example.com/bindings/(none)", `{"api": "`+api+`", "stage": "prod"}`)
	s.send(s.admin, "PUT", "/v1/apis/"+api+"/responses/THROTTLED", `{"statusCode": "420", "responseTemplates": {"application/json": "{}"}}`)
	path := "/v1/apis/" + api + "/deployments"
	got := s.send(s.admin, "POST", path+"?dryRun=true", `{"stage": "prod"}`)
	if got.get("gateways.0.replies.changes.0.after.status").Int() != 420 || got.get("gateways.0.changes.stages.0.types.THROTTLED").String() != "added" {
		t.Errorf("it would change %s", got.body)
	}
	s.send(s.admin, "PUT", "/v1/apis/"+api+"/responses/THROTTLED", `{"statusCode": "421"}`)
	body := `{"stage": "prod", "hash": "` + got.get("answer.hash").String() + `"}`
	if got := s.send(s.admin, "POST", path, body); got.status != http.StatusConflict || !strings.Contains(got.body, "was changed meanwhile") {
		t.Errorf("what was changed meanwhile: %d %s", got.status, got.body)
	}
	editor := s.key(t, auth.Rights{Role: auth.Edit})
	if got := s.send(editor, "POST", path+"?dryRun=true", `{"stage": "prod"}`); got.status != http.StatusForbidden {
		t.Errorf("who may not deploy tries: %d %s", got.status, got.body)
	}
	if got := s.send(s.admin, "POST", "/v1/apis?dryRun=true", `{"name": "x"}`); got.status != http.StatusBadRequest {
		t.Errorf("what has no dry run: %d %s", got.status, got.body)
	}
}
