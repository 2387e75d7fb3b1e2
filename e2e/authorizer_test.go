// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// tokenFilter verifies tokens that envoytest.Token makes, and leaves their claims in the dynamic metadata.
var tokenFilter = `- name: token
  typed_config:
    "@type": ` + envoytest.HTTPFilters + `jwt_authn.v3.JwtAuthentication
    providers:
      demo:
        issuer: demo
        payload_in_metadata: jwt_payload
        local_jwks: {inline_string: '{"keys": [{"kty": "oct", "alg": "HS256", "k": "c2VjcmV0"}]}'}
    rules: [{match: {prefix: /}, requires: {provider_name: demo}}]
`

// denialFilter refuses whatever reaches it.
var denialFilter = `- name: denial
  typed_config: {"@type": ` + envoytest.HTTPFilters + `rbac.v3.RBAC, rules: {action: ALLOW}}
`

// limitFilter refuses all requests but the first.
var limitFilter = `- name: limit
  typed_config:
    "@type": ` + envoytest.HTTPFilters + `local_ratelimit.v3.LocalRateLimit
    stat_prefix: limit
    token_bucket: {max_tokens: 1, fill_interval: 3600s}
    filter_enabled: {default_value: {numerator: 100}}
    filter_enforced: {default_value: {numerator: 100}}
`

// claimed is a document whose replies quote the token.
const claimed = `{
  "authorizer": {"claims": "` + claimsNamespace + `/jwt_payload"},
  "gatewayResponses": {"DEFAULT_4XX": {
    "responseParameters": {"gatewayresponse.header.x-plan": "context.authorizer.claims.plan"},
    "responseTemplates": {"application/json":
      "{\"sub\":$context.authorizer.claims.sub,\"id\":\"$context.authorizer.principalId\",\"exp\":\"$context.authorizer.claims.exp\",\"staff\":\"$context.authorizer.claims.staff\",\"first\":\"${context.envoy.metadata.` + claimsNamespace + `/jwt_payload/groups/0}\",\"groups\":$context.authorizer.claims.groups,\"nick\":$context.authorizer.claims.nick}"}}}}`

// claimsNamespace is where jwt_authn writes, whatever the name of the filter.
const claimsNamespace = "envoy.filters.http.jwt_authn"

// TestClaims asks for claims in replies to requests whose token was verified, and that were refused for another reason. The
// claims can hold anything.
func TestClaims(t *testing.T) {
	envoytest.Holds(t)
	settings := envoyrun.Settings{NoCompanions: true, Listeners: []envoyrun.Listener{
		envoytest.Listener(t, "denied", claimed), envoytest.Listener(t, "limited", claimed),
	}}
	settings.Listeners[0].Before = tokenFilter + denialFilter
	settings.Listeners[1].Before = tokenFilter + limitFilter
	p := envoytest.Start(t, settings)
	authorized := envoytest.Request{Method: http.MethodGet, Path: "/ok"}
	authorized.Headers = envoytest.Bearer(envoytest.Token(envoytest.HS256,
		`{"iss":"demo","sub":"Zoë \"}\r\n<b>","exp":4102444800,"staff":true,"plan":"a\r\nx-injected: 1","groups":["admins","b"],"nick":null}`)).Headers
	const body = `{"sub":"Zoë \"}\r\n<b>","id":"Zoë \"}\r\n<b>","exp":"4102444800","staff":"true","first":"admins","groups":null,"nick":null}`
	for _, tc := range []struct {
		listener string
		status   int
	}{{"denied", 403}, {"limited", 429}} {
		url := "http://" + p.Address(t, tc.listener)
		if tc.listener == "limited" {
			envoytest.Clients[0].Send(t, url, envoytest.NewID(), authorized)
		}
		got := envoytest.Clients[0].Send(t, url, envoytest.NewID(), authorized)
		if got.Status != tc.status || string(got.Body) != body {
			t.Errorf("%s: %d %s, want %d %s", tc.listener, got.Status, got.Body, tc.status, body)
		}
		if got.Headers.Get("X-Plan") != "" || got.Headers.Get("X-Injected") != "" {
			t.Errorf("%s: a claim with a line end became the headers %v", tc.listener, got.Headers)
		}
		// Before the token is verified there are no claims.
		bad := envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: "/ok"})
		const none = `{"sub":null,"id":"","exp":"","staff":"","first":"","groups":null,"nick":null}`
		if bad.Status != 401 || string(bad.Body) != none {
			t.Errorf("%s without a token: %d %s, want 401 %s", tc.listener, bad.Status, bad.Body, none)
		}
	}
}

// authorizationFilter asks a service, and leaves some headers of its answer in the dynamic metadata.
var authorizationFilter = `- name: authorization
  typed_config:
    "@type": ` + envoytest.HTTPFilters + `ext_authz.v3.ExtAuthz
    http_service:
      server_uri: {uri: "http://authz.test", cluster: authz, timeout: 10s}
      authorization_response: {dynamic_metadata_from_headers: {patterns: [{prefix: x-acme-}]}}
`

// TestAuthorizationContext asks for what an authorization service said of a request that it let through, and that was
// refused later.
func TestAuthorizationContext(t *testing.T) {
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Acme-Tier", `gold"`)
		if r.URL.Path == "/rbac" {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer service.Close()
	settings := envoyrun.Settings{NoCompanions: true, Listeners: []envoyrun.Listener{envoytest.Listener(t, "gateway", `{
	  "authorizer": {"context": "envoy.filters.http.ext_authz"},
	  "gatewayResponses": {"ACCESS_DENIED": {
	    "responseParameters": {"gatewayresponse.header.x-tier": "context.authorizer.x-acme-tier"},
	    "responseTemplates": {"application/json": "{\"tier\":\"${context.authorizer.x-acme-tier}\"}"}}}}`)}}
	settings.Listeners[0].Before = authorizationFilter + denialFilter
	host, port, _ := strings.Cut(service.Listener.Addr().String(), ":")
	p := envoytest.StartFrom(t, []byte(strings.Replace(string(envoytest.Template), "  clusters:\n", `  clusters:
  - name: authz
    load_assignment:
      cluster_name: authz
      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: `+host+`, port_value: `+port+`}}}}]}]
`, 1)), settings)
	for _, path := range []string{"/ok", "/rbac"} {
		got := envoytest.Clients[0].Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: path})
		if got.Status != 403 || string(got.Body) != `{"tier":"gold\""}` || got.Headers.Get("X-Tier") != `gold"` {
			t.Errorf("%s: %d %v %s, want the tier", path, got.Status, got.Headers, got.Body)
		}
	}
}
