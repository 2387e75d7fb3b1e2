// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// routesEnd stands in envoy.yaml behind the last route of the gateway's first virtual host.
const routesEnd = `            # "match" in the document can ask for`

// withRoutes is envoy.yaml with further routes, which deny each request; what they say to the module is a filter_name and its text.
func withRoutes(t *testing.T, routes map[string][2]string) []byte {
	t.Helper()
	var text strings.Builder
	for path, config := range routes {
		text.WriteString(strings.NewReplacer("PATH", path, "NAME", config[0], "TEXT", strconv.Quote(config[1])).Replace(
			`              - match: {path: PATH}
                route: {cluster: upstream}
                typed_per_filter_config:
                  envoy.filters.http.rbac: *enabled
                  gateway_responses:
                    "@type": type.googleapis.com/envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilterPerRoute
                    dynamic_module_config: {name: gatewayresponses, do_not_close: true}
                    filter_name: NAME
                    filter_config: {"@type": type.googleapis.com/google.protobuf.StringValue, value: TEXT}
`))
	}
	template := string(envoytest.Template)
	if !strings.Contains(template, routesEnd) {
		t.Fatal("envoy.yaml has no routes where they were")
	}
	return []byte(strings.Replace(template, routesEnd, text.String()+routesEnd, 1))
}

// TestPerRoute holds what DynamicModuleFilterPerRoute says: the name of an entry of routes, a mode, or a route document.
func TestPerRoute(t *testing.T) {
	template := withRoutes(t, map[string][2]string{
		"/named":    {"route", "partner"},
		"/off":      {"route", "off"},
		"/unknown":  {"route", "nobody"},
		"/document": {"document", `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404, "responseTemplates": {"text/plain": "route document"}}}}`},
		"/bad":      {"document", `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 42}}}`},
	})
	p := envoytest.StartFrom(t, template, gateway(t, `{
		"routeDocuments": true,
		"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "document"}}},
		"routes": [{"name": "partner", "gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "partner"}}}}]
	}`))
	url := "http://" + p.Address(t, "gateway")
	for path, want := range map[string]string{
		"/rbac": "403 document", "/named": "403 partner", "/off": "403 RBAC: access denied", "/unknown": "403 document",
		"/document": "404 route document", "/bad": "403 document",
	} {
		reply := envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: path})
		if got := strconv.Itoa(reply.Status) + " " + string(reply.Body); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	for _, counter := range []string{"route.unknown", "routeDocument.bad"} {
		if got := p.Stat(t, "dynamicmodulescustom.gateway_responses."+counter); got != 1 {
			t.Errorf("%s: %d, want 1", counter, got)
		}
	}
	for _, want := range []string{`Envoy's route names the entry "nobody"`, "42 is not an HTTP status"} {
		if !strings.Contains(p.Log.String(), want) {
			t.Errorf("the log has no %q", want)
		}
	}
}
