// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// good is a token that the gateway takes, bad one with another signature.
var (
	good = bearer(envoytest.Token(envoytest.HS256, `{"iss":"https://issuer.example.com","sub":"me"}`))
	bad  = bearer(envoytest.Token(envoytest.HS256, `{"iss":"https://issuer.example.com","sub":"me"}`) + "x")
)

// bearer are the headers of a request with a token.
func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

// installed is what of the manifests is applied. Each has what the one before has, but for the HTTPRoute, which the patch takes the
// place of.
type installed int

const (
	policyAlone installed = iota
	withOrder
	withCatchAll
	withPatch
	always installed = policyAlone
	never  installed = withPatch + 1
)

// producers are what makes errors on a gateway, and a request for each.
var producers = []struct {
	// name is its row in docs/envoy-gateway.md.
	name    string
	request envoytest.Request
	status  int
	// from is the first of the installations that see it.
	from installed
}{
	{"a token that is not good (SecurityPolicy, jwt)", get("/private", bad), 401, withOrder},
	{"no token (SecurityPolicy, jwt)", get("/private", nil), 401, withOrder},
	{"not allowed (SecurityPolicy, authorization)", get("/admin", good), 403, always},
	{"no password (SecurityPolicy, basicAuth)", get("/basic", nil), 401, withOrder},
	{"no API key (SecurityPolicy, apiKeyAuth)", get("/keys", nil), 401, withOrder},
	{"the authorizer denies, without a body (SecurityPolicy, extAuth)", get("/asked", nil), 403, withOrder},
	{"the authorizer denies, with a page of its own", get("/asked/page", nil), 403, never},
	{"the authorizer fails", get("/asked/down", nil), 403, withOrder},
	{"a rate limit (BackendTrafficPolicy, local)", get("/limited", nil), 429, always},
	{"a fault (BackendTrafficPolicy)", get("/fault", nil), 503, withOrder},
	{"a body that is too large (BackendTrafficPolicy, requestBuffer)", envoytest.Request{Method: http.MethodPost, Path: "/large", Body: strings.Repeat("x", 1000)}, 413, withOrder},
	{"no route, on a host that has routes", get("/nowhere", nil), 404, withPatch},
	{"an upstream that is down", get("/checkout", nil), 503, always},
	{"an upstream that is slow (timeouts of an HTTPRoute)", get("/slow", nil), 504, always},
	{"a backend that does not exist", get("/nobody", nil), 500, never},
	{"a directResponse (HTTPRouteFilter)", get("/direct", nil), 403, never},
	{"the upstream's own error", get("/pets/missing", nil), 404, never},
}

// get is a request.
func get(path string, headers http.Header) envoytest.Request {
	return envoytest.Request{Method: http.MethodGet, Path: path, Headers: headers}
}

// TestSeen runs a gateway as Envoy Gateway configures it, with more and more of the manifests, and holds the table of
// docs/envoy-gateway.md to what it does with the errors of each producer.
func TestSeen(t *testing.T) {
	img := deploytest.Publish(t)
	page, err := os.ReadFile(filepath.Join(deploytest.Root(), "docs/envoy-gateway.md"))
	if err != nil {
		t.Fatal(err)
	}
	made := emitted(t, img.Flags()...)
	catchAll := strings.NewReplacer("oci://", "", "registry.example.com/gateway-responses:0.2.0", img.Reference).Replace(kustomized(t, "overlays/catch-all").text("EnvoyExtensionPolicy", "HTTPRoute", "HTTPRouteFilter"))
	for _, tc := range []struct {
		name      string
		installed installed
		manifests []string
	}{
		{"the policy alone", policyAlone, []string{made.text("EnvoyExtensionPolicy"), onHost(t, deploytest.Filled(t, "envoyproxy.yaml"))}},
		{"with the order of filters", withOrder, []string{made.text("EnvoyExtensionPolicy"), onHost(t, made["EnvoyProxy"])}},
		{"with a route for the rest", withCatchAll, []string{catchAll, onHost(t, made["EnvoyProxy"])}},
		{"with the patch", withPatch, []string{made.text("EnvoyExtensionPolicy", "EnvoyPatchPolicy"), onHost(t, made["EnvoyProxy"])}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := start(t, tc.manifests...)
			g.awaitFilter(t, 1)
			g.get(t, "/limited", nil) // takes the one token of the limit
			for _, p := range producers {
				checkSeen(t, g.send(t, p.request), p.name, p.status, p.from <= tc.installed)
			}
			nobodys := "GET /pets HTTP/1.1\r\nHost: nobody.example.com\r\nConnection: close\r\n\r\n"
			r := envoytest.RawRequest(t, g.address, nobodys)
			if seen := strings.Contains(string(r.Body), `"title": "Not Found"`); r.Status != 404 || seen != (tc.installed >= withCatchAll) {
				t.Errorf("a host that nobody has: %d %s", r.Status, r.Body)
			}
			if r := envoytest.RawRequest(t, g.address, "GET /pets HTTP/1.1\r\nConnection: close\r\n\r\n"); r.Status != 400 || len(r.Body) > 0 {
				t.Errorf("a request without a host: %d %s", r.Status, r.Body)
			}
			checkRoutes(t, g)
			checkCORS(t, g, tc.installed)
		})
	}
	for _, p := range producers {
		checkRow(t, string(page), p.name, p.status, p.from)
	}
	checkRow(t, string(page), "no route, on a host that nobody has", 404, withCatchAll)
}

// checkRow holds that the page has the row of a producer.
func checkRow(t *testing.T, page, name string, status int, from installed) {
	t.Helper()
	row := fmt.Sprintf("\n| %s | %d |", name, status)
	for i := policyAlone; i <= withPatch; i++ {
		if i < from {
			row += " no |"
		} else {
			row += " yes |"
		}
	}
	if !strings.Contains(page, row) {
		t.Errorf("docs/envoy-gateway.md lacks the row %q", row)
	}
}

// checkSeen holds that a reply is ours when the filter sees such errors, and Envoy's or somebody's own when it does not.
func checkSeen(t *testing.T, r envoytest.Reply, name string, status int, seen bool) {
	t.Helper()
	ours := r.Headers.Get("Content-Type") == "application/problem+json"
	if ours != seen || r.Status != status {
		t.Errorf("%s: %d, ours: %t; want %d, %t\n%v\n%s", name, r.Status, ours, status, seen, r.Headers, r.Body)
	}
	if seen && !strings.Contains(string(r.Body), fmt.Sprintf(`"status": %d`, status)) {
		t.Errorf("%s: the body is %s", name, r.Body)
	}
}

// checkRoutes holds that the routes of the document find HTTPRoutes, by their annotation and by their name.
func checkRoutes(t *testing.T, g *gateway) {
	t.Helper()
	const closed = `{"title": "The checkout is closed for a moment", "status": 503, "requestId": "`
	if r := g.get(t, "/checkout", nil); r.Headers.Get("Retry-After") != "30" || !strings.HasPrefix(string(r.Body), closed) {
		t.Errorf("checkout: %v %s", r.Headers, r.Body)
	}
	const partner = `{"title": "Network error communicating with endpoint", "status": 503, "type": "https://partners.example.com/errors/INTEGRATION_FAILURE"}`
	request := "GET /pets HTTP/1.1\r\nHost: partners.example.com\r\nConnection: close\r\n\r\n"
	if r := envoytest.RawRequest(t, g.address, request); string(r.Body) != partner {
		t.Errorf("partners: %d %s", r.Status, r.Body)
	}
}
