// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// routeCase is a request, and what comes back for it.
type routeCase struct {
	name, method, host, path string
	status                   int
	body                     string
	// entry is what the access log says.
	entry string
}

// defaultBody is the body of an entry without templates.
const defaultBody = `{"message":"User is not authorized to access this resource"}`

// TestRoutes shows each way to an entry of routes, with the document that stands in envoy.yaml.
func TestRoutes(t *testing.T) {
	p := envoytest.Start(t, envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway"}}})
	runRouteCases(t, p, []routeCase{
		{"names and metadata of Envoy's", "GET", "a.shop.example.com", "/", 406, defaultBody, "shop/ACCESS_DENIED"},
		{"metadata of the virtual host", "GET", "a.partner.example.com", "/", 403, `{"api":"partner","message":"no partner"}`, "partner/ACCESS_DENIED"},
		{"metadata of the route", "GET", "a.partner.example.com", "/reports/7", 404, defaultBody, "reports/ACCESS_DENIED"},
		{"annotation of the HTTPRoute", "GET", "a.partner.example.com", "/orders", 402, defaultBody, "orders/DEFAULT_4XX"},
		{"document of the route", "GET", "a.partner.example.com", "/invoices/7", 410, defaultBody, "document/ACCESS_DENIED"},
		{"document of the virtual host", "GET", "a.tenant.example.com", "/", 409, defaultBody, "document/DEFAULT_4XX"},
		{"host, path and method, without a route", "GET", "API.example.com:80", "/pets/a%20b?c", 404, `{"noPet":"a b","resource":"/pets/{petId}"}`, "pets/RESOURCE_NOT_FOUND"},
		{"another host", "GET", "a.example.com", "/pets/7", 404, `{"message":"Not Found"}`, "DEFAULT_4XX"},
		{"another path", "GET", "api.example.com", "/pets/", 404, `{"message":"Not Found"}`, "DEFAULT_4XX"},
		{"another method", "DELETE", "api.example.com", "/pets/7", 404, `{"message":"Not Found"}`, "DEFAULT_4XX"},
		{"a prefix whose mode is off", "GET", "api.example.com", "/v0/pets", 404, "no route", "-"},
		{"a path that only begins like it", "GET", "api.example.com", "/v01", 404, `{"message":"Not Found"}`, "DEFAULT_4XX"},
		{"a route without metadata", "GET", "api.example.com", "/rbac", 403, defaultBody, "DEFAULT_4XX"},
	})
}

// matchDocument has entries for what Envoy calls its routes and says of them.
const matchDocument = `{"gatewayResponses": {"DEFAULT_4XX": {"statusCode": "400"}}, "routes": [
	{"name": "none", "match": {"routeNames": ["repor"]}, "gatewayResponses": {"DEFAULT_4XX": {"statusCode": "409"}}},
	{"name": "eg", "match": {"virtualHosts": ["part*"], "metadata": {"envoy-gateway": {"resources": {"0": {"name": "ord*"}}}}}, "gatewayResponses": {"DEFAULT_4XX": {"statusCode": "410"}}},
	{"name": "name", "match": {"routeNames": ["r*s", "x"]}, "gatewayResponses": {"DEFAULT_4XX": {"statusCode": "411"}}},
	{"name": "host", "match": {"virtualHosts": ["partner"]}, "gatewayResponses": {"DEFAULT_4XX": {"statusCode": "412"}}}]}`

// TestRouteMatch matches by what Envoy calls its routes and says of them. The names in the metadata are unknown.
func TestRouteMatch(t *testing.T) {
	runRouteCases(t, envoytest.Start(t, envoytest.Gateway(t, matchDocument)), []routeCase{
		{"name of the route", "GET", "a.partner.example.com", "/reports", 411, defaultBody, "name/DEFAULT_4XX"},
		{"metadata of the route", "GET", "a.partner.example.com", "/orders", 410, defaultBody, "eg/DEFAULT_4XX"},
		{"name of the virtual host", "GET", "a.partner.example.com", "/", 412, defaultBody, "host/DEFAULT_4XX"},
		{"another virtual host", "GET", "a", "/rbac", 400, defaultBody, "DEFAULT_4XX"},
		{"no route", "GET", "a", "/nowhere", 400, `{"message":"Not Found"}`, "DEFAULT_4XX"},
	})
}

// TestUnknownRoute has metadata name entries that the document has not.
func TestUnknownRoute(t *testing.T) {
	const counter = "route.unknown"
	p := envoytest.Start(t, envoytest.Gateway(t, matchDocument))
	for _, named := range []struct{ where, path string }{{"route", "/reports"}, {"annotation", "/orders"}, {"virtual host", "/"}} {
		t.Run(named.where, func(t *testing.T) {
			envoytest.Holds(t)
			want := p.Counter(t, counter) + 1
			envoytest.RawRequest(t, p.Address(t, "gateway"), "GET "+named.path+" HTTP/1.1\r\nhost: a.partner.example.com\r\nconnection: close\r\n\r\n")
			envoytest.Eventually(t, fmt.Sprintf("%s is %d", counter, want), func() bool { return p.Counter(t, counter) == want })
		})
	}
	want := p.Counter(t, counter)
	envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /rbac HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
	if got := p.Counter(t, counter); got != want {
		t.Errorf("%s is %d after a reply whose route names none, want %d as before", counter, got, want)
	}
}

// switchedRoutes are routes whose metadata names a mode, for the virtual host "partner" of envoy.yaml.
const switchedRoutes = `
              - {match: {path: /off}, route: {cluster: upstream}, metadata: {filter_metadata: {gateway_responses: {route: "off"}}}}
              - {match: {path: /unquoted}, route: {cluster: upstream}, metadata: {filter_metadata: {gateway_responses: {route: off}}}}
              - {match: {path: /observe}, route: {cluster: upstream}, metadata: {filter_metadata: {gateway_responses: {route: observe}}}}
              - {match: {path: /annotation}, route: {cluster: upstream}, metadata: {filter_metadata: {envoy-gateway: {resources: [{kind: HTTPRoute, annotations: {gateway-responses: "off"}}]}}}}
              - {match: {path: /null}, route: {cluster: upstream}, metadata: {filter_metadata: {other: {key: null}, gateway_responses: {route: "off"}}}}
              - {match: {path: /document}, route: {cluster: upstream}, metadata: {filter_metadata: {gateway_responses: {route: "off", document: '{"gatewayResponses": {"DEFAULT_4XX": {"statusCode": 409}}}'}}}}
`

// TestSwitches has metadata of Envoy's routes leave alone, or only look at, what a document would replace that has no routes
// of its own. A null of somebody else in the metadata hides nothing.
func TestSwitches(t *testing.T) {
	const (
		before = "              - match: {path_separated_prefix: /invoices}\n"
		denied = "RBAC: access denied"
	)
	text := strings.Replace(string(envoytest.Template), before, switchedRoutes[1:]+before, 1)
	for _, document := range []string{
		`{"gatewayResponses": {"DEFAULT_4XX": {"statusCode": "400"}}}`,
		`{"routeDocuments": true, "gatewayResponses": {"DEFAULT_4XX": {"statusCode": "400"}}}`,
	} {
		p := envoytest.StartFrom(t, []byte(text), envoytest.Gateway(t, document))
		runRouteCases(t, p, []routeCase{
			{"off", "GET", "a.partner.example.com", "/off", 403, denied, "-"},
			{"off without quotes", "GET", "a.partner.example.com", "/unquoted", 403, denied, "-"},
			{"observe", "GET", "a.partner.example.com", "/observe", 403, denied, "DEFAULT_4XX"},
			{"annotation", "GET", "a.partner.example.com", "/annotation", 403, denied, "-"},
			{"beside a null", "GET", "a.partner.example.com", "/null", 403, denied, "-"},
			{"beside a document", "GET", "a.partner.example.com", "/document", 403, denied, "-"},
			{"nothing", "GET", "a.partner.example.com", "/", 400, defaultBody, "DEFAULT_4XX"},
		})
		want := 5
		if envoytest.WhyNot(t.Name()+"/annotation") != "" {
			want--
		}
		if got := p.Counter(t, "left.off"); got != want {
			t.Errorf("left.off is %d, want %d", got, want)
		}
	}
}

// TestSwitchedVirtualHost has the metadata of a virtual host switch the filter off, for routes that say nothing themselves.
func TestSwitchedVirtualHost(t *testing.T) {
	const named = "{gateway_responses: {route: partner}}"
	text := strings.Replace(string(envoytest.Template), named, `{gateway_responses: {route: "off"}}`, 1)
	runRouteCases(t, envoytest.StartFrom(t, []byte(text), envoytest.Gateway(t, matchDocument)), []routeCase{
		{"a route without metadata", "GET", "a.partner.example.com", "/", 403, "RBAC: access denied", "-"},
		{"a route with a name", "GET", "a.partner.example.com", "/reports", 411, defaultBody, "name/DEFAULT_4XX"},
		{"another virtual host", "GET", "a", "/rbac", 400, defaultBody, "DEFAULT_4XX"},
	})
}

// runRouteCases sends the requests.
func runRouteCases(t *testing.T, p *envoytest.Proxy, cases []routeCase) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			envoytest.Holds(t)
			id := envoytest.NewID()
			reply := envoytest.RawRequest(t, p.Address(t, "gateway"), fmt.Sprintf("%s %s HTTP/1.1\r\nhost: %s\r\nx-request-id: %s\r\nconnection: close\r\n\r\n", tc.method, tc.path, tc.host, id))
			if reply.Status != tc.status || string(reply.Body) != tc.body {
				t.Errorf("%s %s%s gives %d %q, want %d %q", tc.method, tc.host, tc.path, reply.Status, reply.Body, tc.status, tc.body)
			}
			if got := p.AccessLine(t, id)["entry"]; got != tc.entry {
				t.Errorf("entry=%s in the access log, want %s", got, tc.entry)
			}
		})
	}
}
