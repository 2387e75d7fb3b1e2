// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"net/http"
	"testing"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/auth"
)

// api makes an API that is deployed to the stage prod.
func (s *stack) api(t testing.TB, name string) string {
	t.Helper()
	values := saved{}
	for _, at := range []step{
		{id: "createApi", path: "/apis", body: `{"name": "` + name + `"}`, save: "api=id"},
		{id: "createDeployment", path: "/apis/{api}/deployments", body: `{"stage": "prod"}`},
	} {
		if got := s.take(t, s.admin, at, values); got.status != http.StatusCreated {
			t.Fatalf("%s: status %d: %s", at.id, got.status, got.body)
		}
	}
	return values["api"]
}

// TestBindings holds that a binding is in the document at once, that two people cannot overwrite each other's, and that it takes rights
// on everything that it changes.
func TestBindings(t *testing.T) {
	s := newStack(t)
	shop, pets := s.api(t, "shop"), s.api(t, "pets")
	const path = "/v1/hosts/shop.example.com/bindings/(none)"
	expect := func(what string, got *reply, status int) *reply {
		t.Helper()
		if got.status != status {
			t.Fatalf("%s: status %d, want %d: %s", what, got.status, status, got.body)
		}
		return got
	}
	expect("a host", s.send(s.admin, "POST", "/v1/hosts", `{"host": "Shop.example.com"}`), http.StatusCreated)
	expect("a binding of no stage", s.send(s.admin, "PUT", path, `{"api": "`+shop+`", "stage": "nix"}`), http.StatusBadRequest)
	first := expect("the first binding", s.send(s.admin, "PUT", path, `{"api": "`+shop+`", "stage": "prod", "inherit": true}`, `If-Match: "0"`), http.StatusOK)
	if got := gjson.Get(s.send(s.admin, "GET", "/v1/gateways/default/document", "").body, "routes.0"); got.Get("api.id").String() != shop || got.Get("inherit").Exists() {
		t.Errorf("the route is %s, want one of the API %s that inherits", got, shop)
	}
	expect("a second one that knows of none", s.send(s.admin, "PUT", path, `{"api": "`+pets+`", "stage": "prod"}`, `If-Match: "0"`), http.StatusConflict)

	petsOnly := s.key(t, auth.Rights{Role: auth.Deploy, APIs: []string{pets}, Hosts: []string{"*"}})
	expect("who may not deploy the API that is bound", s.send(petsOnly, "PUT", path, `{"api": "`+pets+`", "stage": "prod"}`), http.StatusForbidden)
	expect("who may not deploy the API to bind", s.send(petsOnly, "PUT", "/v1/hosts/shop.example.com/bindings/v1", `{"api": "`+shop+`", "stage": "prod"}`), http.StatusForbidden)
	noHost := s.key(t, auth.Rights{Role: auth.Deploy, Hosts: []string{"other.example.com"}})
	expect("who may not have the host", s.send(noHost, "PUT", path, `{"api": "`+shop+`", "stage": "prod"}`), http.StatusForbidden)
	other := s.key(t, auth.Rights{Role: auth.Read, APIs: []string{pets}})
	if got := s.send(other, "GET", "/v1/bindings", ""); got.get("items.#").Int() != 0 {
		t.Errorf("who may read neither host nor API sees %s", got.body)
	}

	second := expect("a second binding", s.send(s.admin, "PUT", path, `{"api": "`+pets+`", "stage": "prod"}`, "If-Match: "+first.header.Get("ETag")), http.StatusOK)
	if got := gjson.Get(s.send(s.admin, "GET", "/v1/gateways/default/standing", "").body, "newest").Int(); got < 1 {
		t.Errorf("the newest revision is %d", got)
	}
	if got := s.send(s.admin, "GET", path, ""); got.header.Get("ETag") != second.header.Get("ETag") || got.get("api").String() != pets {
		t.Errorf("the binding is %s with ETag %s, want the second one", got.body, got.header.Get("ETag"))
	}
	if got := s.send(other, "GET", "/v1/bindings", ""); got.get("items.#").Int() != 1 {
		t.Errorf("who may read the API does not see where it is bound: %s", got.body)
	}
	expect("unbinding", s.send(s.admin, "DELETE", path, ""), http.StatusNoContent)
	expect("a binding that is gone", s.send(s.admin, "GET", path, ""), http.StatusNotFound)
}

// TestDrafts holds that what is not deployed, and what is not even saved, can be seen: alone, and on a gateway.
func TestDrafts(t *testing.T) {
	s := newStack(t)
	api := s.api(t, "shop")
	s.send(s.admin, "POST", "/v1/hosts", `{"host": "shop.example.com"}`)
	s.send(s.admin, "PUT", "/v1/hosts/shop.example.com/bindings/(none)", `{"api": "`+api+`", "stage": "prod"}`)
	s.send(s.admin, "PUT", "/v1/apis/"+api+"/responses/DEFAULT_4XX", `{"statusCode": "418"}`) // saved, not deployed
	const unsaved = `, "responses": {"UNAUTHORIZED": {"statusCode": "419", "responseTemplates": {"application/json": "{\"m\": \"$context.stage\"}"}}}`
	only := s.key(t, auth.Rights{Role: auth.Read, APIs: []string{api}})
	for _, test := range []struct {
		what, key, document, errorType string
		status                         int64
		body                           string
	}{
		{"what is deployed", s.admin, `{"gateway": "default"}`, "THROTTLED", 429, `{"message":"Too Many Requests"}`},
		{"what is saved", s.admin, `{"gateway": "default", "api": "` + api + `"}`, "THROTTLED", 418, `{"message":"Too Many Requests"}`},
		{"what is not saved", s.admin, `{"gateway": "default", "api": "` + api + `"` + unsaved + `}`, "UNAUTHORIZED", 419, `{"m": "prod"}`},
		{"what is saved, on another stage", s.admin, `{"gateway": "default", "api": "` + api + `", "stage": "test"}`, "THROTTLED", 429, `{"message":"Too Many Requests"}`},
		{"the API alone", only, `{"api": "` + api + `", "stage": "prod"` + unsaved + `}`, "UNAUTHORIZED", 419, `{"m": "prod"}`},
		{"the API alone, without a stage", only, `{"api": "` + api + `"}`, "THROTTLED", 418, `{"message":"Too Many Requests"}`},
	} {
		got := s.send(test.key, "POST", "/v1/preview", `{"document": `+test.document+`, "exchanges": [{"request": {"path": "/", "host": "shop.example.com"}, "error": "`+test.errorType+`"}]}`)
		if got.get("replies.0.status").Int() != test.status || got.get("replies.0.body").String() != test.body {
			t.Errorf("%s: %s, want status %d and %s", test.what, got.body, test.status, test.body)
		}
	}
	for _, test := range []struct {
		what, key, document string
		status              int
	}{
		{"a gateway with a key for one API", only, `{"gateway": "default", "api": "` + api + `"}`, http.StatusForbidden},
		{"another API", s.key(t, auth.Rights{Role: auth.Read, APIs: []string{"other"}}), `{"api": "` + api + `"}`, http.StatusForbidden},
		{"a type that is none", s.admin, `{"api": "` + api + `", "responses": {"NIX": {}}}`, http.StatusBadRequest},
		{"responses of no API", s.admin, `{"gateway": "default", "responses": {}}`, http.StatusBadRequest},
		{"a stage that is not there", s.admin, `{"api": "` + api + `", "stage": "nix"}`, http.StatusNotFound},
	} {
		if got := s.send(test.key, "POST", "/v1/survey", `{"document": `+test.document+`}`); got.status != test.status {
			t.Errorf("%s: status %d, want %d: %s", test.what, got.status, test.status, got.body)
		}
	}
}
