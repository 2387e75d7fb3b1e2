// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// step is a call of an operation that works. {NAME} in path and body stands for what an earlier step saved.
type step struct {
	id, path, body string
	// media is that of the body, JSON by default.
	media string
	// save names what later steps need, "NAME=PATH in the answer".
	save string
	// other reports that somebody else has to take it than who took those before.
	other bool
}

// journey calls every operation, in an order in which each works.
var journey = []step{
	{id: "getDescription", path: "/openapi.json"},
	{id: "getCaller", path: "/caller"},
	{id: "getDocumentSchema", path: "/document.schema.json"},
	{id: "listTypes", path: "/types"},
	{id: "listVariables", path: "/variables"},
	{id: "listClients", path: "/clients"},
	{id: "listFindingKinds", path: "/finding-kinds"},
	{id: "getProblemKind", path: "/problem-kinds/conflict"},

	{id: "validateDocument", path: "/validate", body: `{"name": "gwr.yaml", "text": "mode: x\n", "lint": true}`},
	{id: "formatDocument", path: "/format", body: `{"name": "gwr.yaml", "text": "routes: []\nversion: 1\n"}`},
	{id: "explainExchange", path: "/explain", body: `{"document": ` + document + `, "exchange": {"request": "GET /pets", "error": "THROTTLED"}}`},
	{id: "explainExchange", path: "/explain", body: `{"document": {"text": "{\"mode\": \"off\"}"}, "exchange": {"error": "THROTTLED"}}`},
	{id: "previewExchanges", path: "/preview", body: `{"document": ` + document + `, "exchanges": [{"error": "THROTTLED"}, {"error": {"details": "route_not_found"}}]}`},
	{id: "surveyDocument", path: "/survey", body: `{"document": ` + document + `, "routes": ["shop"]}`},
	{id: "getMatrix", path: "/matrix", body: `{"document": ` + document + `, "before": {"text": "{}"}, "routes": ["shop"], "types": ["THROTTLED", "WAF_FILTERED"], "client": {"headers": {"accept": "text/html"}}, "bodyBytes": 10}`},
	{id: "diffDocuments", path: "/diff", body: `{"before": {"text": "{}"}, "after": ` + document + `}`},
	{id: "convertImport", path: "/import", body: `{"name": "shop.yaml", "text": "openapi: 3.0.1\ninfo: {title: shop, version: '1'}\npaths: {}\nx-amazon-apigateway-gateway-responses: {THROTTLED: {statusCode: 420}}\n"}`},
	{id: "convertExport", path: "/export", body: `{"document": {"text": "{\"mode\": \"observe\"}"}, "into": {"text": "openapi: 3.0.1\ninfo: {title: shop, version: '1'}\npaths: {}\n"}}`},

	{id: "createApi", path: "/apis", body: `{"name": "shop", "description": "what is sold", "version": "1", "tags": {"team": "a"}}`, save: "api=id"},
	{id: "listApis", path: "/apis?limit=5"},
	{id: "getApi", path: "/apis/{api}"},
	{id: "updateApi", path: "/apis/{api}", body: `{"description": "what we sell"}`},
	{id: "listResources", path: "/apis/{api}/resources"},
	{id: "listResponses", path: "/apis/{api}/responses"},
	{id: "putResponse", path: "/apis/{api}/responses/DEFAULT_4XX", body: `{"statusCode": "418", "responseParameters": {"gatewayresponse.header.x": "'1'"}, "responseTemplates": {"text/plain": "no"}}`},
	{id: "getResponse", path: "/apis/{api}/responses/THROTTLED"},
	{id: "createDeployment", path: "/apis/{api}/deployments", body: `{"stage": "prod", "description": "first", "variables": {"docs": "https://docs.example.com"}}`, save: "deployment=id"},
	{id: "listDeployments", path: "/apis/{api}/deployments"},
	{id: "getDeployment", path: "/apis/{api}/deployments/{deployment}"},
	{id: "createStage", path: "/apis/{api}/stages", body: `{"name": "test", "deployment": "{deployment}"}`},
	{id: "listStages", path: "/apis/{api}/stages"},
	{id: "getStage", path: "/apis/{api}/stages/prod"},
	{id: "getStageProgress", path: "/apis/{api}/stages/prod/progress"},

	{id: "updateStage", path: "/apis/{api}/stages/prod", body: `{"deployment": "{deployment}", "variables": {"a": "b"}, "removeVariables": ["docs"]}`},

	{id: "getDefinition", path: "/apis/{api}/stages/prod/definition?syntax=yaml"},
	{id: "getWorkingDefinition", path: "/apis/{api}/definition?format=swagger"},
	{id: "putDefinition", path: "/apis/{api}/definition", body: `{"mode": "merge", "text": ` + petstore + `}`},
	{id: "importApi", path: "/apis/import", body: `{"text": ` + petstore + `}`},

	{id: "createHost", path: "/hosts", body: `{"host": "shop.example.com", "gateway": "default"}`},
	{id: "listHosts", path: "/hosts"},
	{id: "getHost", path: "/hosts/shop.example.com"},
	{id: "moveHost", path: "/hosts/shop.example.com", body: `{"gateway": "default"}`},
	{id: "putBinding", path: "/hosts/shop.example.com/bindings/v1%2Fpets", body: `{"api": "{api}", "stage": "prod", "inherit": true}`},
	{id: "getBinding", path: "/hosts/shop.example.com/bindings/v1%2Fpets"},
	{id: "listBindings", path: "/bindings?api={api}"},

	{id: "getPending", path: "/apis/{api}/pending"},
	{id: "listWithoutEffect", path: "/apis/{api}/without-effect"},

	{id: "listGateways", path: "/gateways"},
	{id: "putGateway", path: "/gateways/edge", body: `{"description": "the edge", "plugin": {"file": "/etc/envoy/plugin.wasm"}, "rollout": {"first": {"nodes": ["canary-*"]}, "afterSeconds": 60}}`},
	{id: "getGateway", path: "/gateways/edge"},
	{id: "getBaseDocument", path: "/gateways/edge/base"},
	{id: "putBaseDocument", path: "/gateways/edge/base", body: `{"text": "mode: observe\n"}`},
	{id: "putBaseResponse", path: "/gateways/edge/base/responses/X_LOGIN", body: `{"statusCode": "401", "headers": {"x-a": "b"}, "rule": {"name": "login", "when": {"filter": ["envoy.filters.http.oauth2"], "status": ["302"]}, "message": "Sign in"}}`},
	{id: "listBaseResponses", path: "/gateways/edge/base/responses"},
	{id: "getBaseResponse", path: "/gateways/edge/base/responses/X_LOGIN"},
	{id: "getBaseResponse", path: "/gateways/edge/base/responses/THROTTLED"},
	{id: "putBaseResponse", path: "/gateways/edge/base/responses/THROTTLED", body: `{}`},
	{id: "deleteBaseResponse", path: "/gateways/edge/base/responses/THROTTLED"},
	{id: "getStanding", path: "/gateways/default/standing"},
	{id: "getDocument", path: "/gateways/default/document"},
	{id: "getDocument", path: "/gateways/edge/document"},
	{id: "listRevisions", path: "/gateways/default/revisions?limit=1"},
	{id: "getRevision", path: "/gateways/default/revisions/1"},
	{id: "getRevisionDocument", path: "/gateways/default/revisions/1/document"},
	{id: "diffRevisions", path: "/gateways/default/diff?from=0&to=1&replies=true"},
	{id: "diffRevisions", path: "/gateways/default/diff"},
	{id: "listPending", path: "/pending"},
	{id: "pinGateway", path: "/gateways/default/pin", body: `{"revision": 1, "why": "an incident"}`},
	{id: "unpinGateway", path: "/gateways/default/pin"},
	{id: "steerRollout", path: "/gateways/edge/rollout", body: `{"action": "finish"}`},
	{id: "switchGateway", path: "/gateways/default/switch", body: `{"mode": "off", "seconds": 3600}`},
	{id: "switchApi", path: "/apis/{api}/switch", body: `{"mode": "observe", "seconds": 60, "why": "a look"}`},
	{id: "putGateway", path: "/gateways/asks", body: `{"consent": "required"}`},
	{id: "putBaseDocument", path: "/gateways/asks/base", body: `{"text": "mode: observe\n"}`},
	{id: "getStanding", path: "/gateways/asks/standing"},
	{id: "consentToRevision", path: "/gateways/asks/consent", body: `{"revision": 1, "why": "looked at it"}`, other: true},
	{id: "listSwitches", path: "/switches"},
	{id: "unswitchGateway", path: "/gateways/default/switch"},
	{id: "unswitchApi", path: "/apis/{api}/switch"},
	{id: "listNodes", path: "/gateways/default/nodes"},
	{id: "getRates", path: "/gateways/default/rates"},
	{id: "listEnvoys", path: "/envoys"},
	{id: "tryRequest", path: "/tries", body: `{"gateway": "default", "envoy": "edge", "path": "/v1/pets", "host": "shop.example.com"}`},
	{id: "deleteGateway", path: "/gateways/edge"},

	{id: "createKey", path: "/keys", body: `{"name": "ci", "rights": {"role": "deploy", "apis": ["{api}"]}, "expires": "2100-01-01T00:00:00Z"}`, save: "key=id"},
	{id: "listKeys", path: "/keys"},
	{id: "getKey", path: "/keys/{key}"},
	{id: "listSessions", path: "/sessions", save: "session=items.0.id"},
	{id: "endSession", path: "/sessions/{session}"},
	{id: "endSessions", path: "/sessions?of={key}"},
	{id: "updateKey", path: "/keys/{key}", body: `{"disabled": true}`},
	{id: "deleteKey", path: "/keys/{key}"},

	{id: "listAudit", path: "/audit?limit=2"},
	{id: "listAudit", path: "/audit?kind=base&name=edge&limit=1"},
	{id: "streamAudit", path: "/audit/log?after=1"},
	{id: "verifyAudit", path: "/audit/proof"},

	{id: "deleteBinding", path: "/hosts/shop.example.com/bindings/v1%2Fpets"},
	{id: "deleteHost", path: "/hosts/shop.example.com"},
	{id: "deleteStage", path: "/apis/{api}/stages/test"},
	{id: "deleteStage", path: "/apis/{api}/stages/prod"},
	{id: "deleteDeployment", path: "/apis/{api}/deployments/{deployment}"},
	{id: "deleteResponse", path: "/apis/{api}/responses/DEFAULT_4XX"},
	{id: "deleteApi", path: "/apis/{api}"},
}

// document is a document with an entry and a route.
const document = `{"text": "{\"gatewayResponses\": {\"THROTTLED\": {\"statusCode\": \"420\"}}, \"routes\": [{\"name\": \"shop\", \"match\": {\"pathPrefix\": \"/shop\"}}]}"}`

// petstore is a definition with the extension.
const petstore = `"openapi: 3.0.1\ninfo: {title: pets, version: '1'}\npaths: {}\nx-amazon-apigateway-gateway-responses: {THROTTLED: {statusCode: 420}}\n"`

// byID finds an operation.
func byID(t testing.TB, id string) *operation {
	t.Helper()
	for _, o := range table() {
		if o.id == id {
			return &o
		}
	}
	t.Fatalf("there is no operation %s", id)
	return nil
}

// saved is what steps saved, by name.
type saved map[string]string

// in is a text with what was saved.
func (v saved) in(text string) string {
	for name, value := range v {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// whoTakes is the key of who may take a step: the administrator, or another one.
func (s *stack) whoTakes(t testing.TB, at step) string {
	t.Helper()
	if at.other {
		return s.key(t, auth.Everything())
	}
	return s.admin
}

// take takes a step, and saves what later ones need.
func (s *stack) take(t testing.TB, key string, at step, values saved) *reply {
	t.Helper()
	var headers []string
	if at.media != "" {
		headers = []string{"Content-Type: " + at.media}
	}
	got := s.send(key, byID(t, at.id).method, "/v1"+values.in(at.path), values.in(at.body), headers...)
	if name, path, ok := strings.Cut(at.save, "="); ok && got.status < 300 {
		values[name] = got.get(path).String()
	}
	if at.id == "createKey" && got.status == http.StatusCreated {
		s.signIn(t, got)
	}
	return got
}

// signIn begins two sessions of a key that was made.
func (s *stack) signIn(t testing.TB, made *reply) {
	t.Helper()
	by := control.Caller{Key: made.get("id").String()}
	for range 2 {
		if _, err := s.control.SignIn(t.Context(), by); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRoles holds the table of roles: every operation with every role, and with keys that are for something else.
func TestRoles(t *testing.T) {
	s := newStack(t)
	values := saved{}
	for _, at := range journey {
		if strings.HasPrefix(at.id, "create") || strings.HasPrefix(at.id, "put") || at.id == "listSessions" {
			s.take(t, s.admin, at, values)
		}
	}
	ranks := []auth.Role{auth.Read, auth.Edit, auth.Deploy, auth.Admin}
	keys, elsewhere := map[auth.Role]string{}, map[auth.Role]string{}
	for _, role := range ranks {
		keys[role] = s.key(t, auth.Rights{Role: role, Hosts: []string{"*"}})
		elsewhere[role] = s.key(t, auth.Rights{Role: role, APIs: []string{"other"}, Hosts: []string{"other.example.com"}})
	}
	for _, at := range journey {
		o := byID(t, at.id)
		for i, role := range ranks {
			enough := o.needs == anybody || auth.Rights{Role: role}.May(o.needs)
			check := func(what, key string, may bool) {
				t.Helper()
				got := s.take(t, key, at, maps.Clone(values))
				if isDenied := got.status == http.StatusForbidden; isDenied == may || got.status == http.StatusUnauthorized {
					t.Errorf("%s with the role %s%s: status %d, may is %t: %s", at.id, role, what, got.status, may, got.body)
				}
			}
			check(" for something else", elsewhere[role], enough && o.on == everything)
			if i < len(ranks)-1 && !enough {
				check("", keys[role], false)
			}
		}
		if o.needs == anybody {
			continue
		}
		if got := s.take(t, "", at, saved{}); got.status != http.StatusUnauthorized && got.status != http.StatusTooManyRequests {
			t.Errorf("%s without a key: status %d: %s", at.id, got.status, got.body)
		}
	}
	// What a role is enough for changes something, so it comes last, the least role first.
	for _, at := range journey {
		o := byID(t, at.id)
		for _, role := range ranks {
			if o.needs == anybody || (auth.Rights{Role: role}).May(o.needs) {
				got := s.take(t, keys[role], at, maps.Clone(values))
				if got.status == http.StatusForbidden || got.status == http.StatusUnauthorized {
					t.Errorf("%s with the role %s: status %d: %s", at.id, role, got.status, got.body)
				}
			}
		}
	}
}
