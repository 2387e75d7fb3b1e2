// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"maps"
	"net/http"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// checkCORS holds that a page of an allowed origin can read errors, and gets past a preflight that a policy has refused. Istio's own
// filter for CORS stands behind those that authorize, so without ours a browser shows neither.
func checkCORS(t *testing.T, g *proxy) {
	t.Helper()
	origin := http.Header{"Origin": {"https://app.example.com"}}
	for path, headers := range map[string]http.Header{"/pets": bad, "/cross-origin": nil, "/nowhere": good, "/limited": good, "/checkout": good} {
		all := maps.Clone(origin)
		maps.Copy(all, headers)
		r := g.get(t, path, all)
		if r.Status < 400 || len(r.Headers["Access-Control-Allow-Origin"]) != 1 || r.Headers.Get("Access-Control-Allow-Origin") != "https://app.example.com" {
			t.Errorf("%s: %d %v", path, r.Status, r.Headers)
		}
	}
	preflight := maps.Clone(origin)
	preflight["Access-Control-Request-Method"] = []string{http.MethodGet}
	r := g.send(t, envoytest.Request{Method: http.MethodOptions, Path: "/cross-origin", Headers: preflight})
	if r.Status != http.StatusNoContent || r.Headers.Get("Access-Control-Allow-Methods") != "GET, POST" || len(r.Body) > 0 {
		t.Errorf("preflight of a path that wants a token: %d %v %s", r.Status, r.Headers, r.Body)
	}
	all := maps.Clone(origin)
	maps.Copy(all, good)
	if r := g.get(t, "/cross-origin", all); r.Status != http.StatusOK || len(r.Headers["Access-Control-Allow-Origin"]) != 1 {
		t.Errorf("a good reply: %d %v", r.Status, r.Headers)
	}
}

// checkRoutes holds that the routes of the document find those of VirtualServices, by their names and by their metadata.
func checkRoutes(t *testing.T, g *proxy) {
	t.Helper()
	const closed = `{"title": "The checkout is closed for a moment", "status": 503, "requestId": "`
	if r := g.get(t, "/checkout", good); r.Headers.Get("Retry-After") != "30" || string(r.Body[:len(closed)]) != closed {
		t.Errorf("checkout: %v %s", r.Headers, r.Body)
	}
	const partner = `{"title": "Unauthorized", "status": 401, "type": "https://partners.example.com/errors/UNAUTHORIZED"}`
	request := "GET /pets HTTP/1.1\r\nHost: partners.example.com\r\nAuthorization: " + bad.Get("Authorization") + "\r\nConnection: close\r\n\r\n"
	if r := envoytest.RawRequest(t, g.address, request); string(r.Body) != partner {
		t.Errorf("partners: %d %s", r.Status, r.Body)
	}
}

// checkBefore holds that what Envoy refuses before it has filters stays as it is.
func checkBefore(t *testing.T, g *proxy) {
	t.Helper()
	if r := envoytest.RawRequest(t, g.address, "GET /pets HTTP/1.1\r\nConnection: close\r\n\r\n"); r.Status != 400 || len(r.Body) > 0 {
		t.Errorf("a request without a host: %d %s", r.Status, r.Body)
	}
}
