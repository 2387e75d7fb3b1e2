// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"maps"
	"net/http"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// checkCORS holds that a page of an allowed origin can read errors, and gets past a preflight. Envoy Gateway's own filter for CORS
// stands in front of those that authenticate, and answers for the routes that a SecurityPolicy gives it; ours answers where none does.
func checkCORS(t *testing.T, g *gateway, with installed) {
	t.Helper()
	const page = "https://app.example.com"
	origin := http.Header{"Origin": {page}}
	paths := []string{"/private", "/checkout", "/limited"}
	if with >= withOrder {
		paths = append(paths, "/basic", "/asked", "/fault")
	}
	if with == withPatch {
		paths = append(paths, "/nowhere")
	}
	for _, path := range paths {
		r := g.get(t, path, origin)
		if allowed := r.Headers["Access-Control-Allow-Origin"]; r.Status < 400 || len(allowed) != 1 || allowed[0] != page {
			t.Errorf("%s: %d %v", path, r.Status, r.Headers)
		}
	}
	preflight := maps.Clone(origin)
	preflight["Access-Control-Request-Method"] = []string{http.MethodGet}
	r := g.send(t, envoytest.Request{Method: http.MethodOptions, Path: "/private", Headers: preflight})
	if r.Status != http.StatusOK || r.Headers.Get("Access-Control-Allow-Methods") != "GET, POST" {
		t.Errorf("preflight of a path with cors in its SecurityPolicy: %d %v %s", r.Status, r.Headers, r.Body)
	}
	if with >= withOrder {
		r := g.send(t, envoytest.Request{Method: http.MethodOptions, Path: "/basic", Headers: preflight})
		if r.Status != http.StatusNoContent || r.Headers.Get("Access-Control-Allow-Methods") != "GET, POST" || len(r.Body) > 0 {
			t.Errorf("preflight of a path that wants a password: %d %v %s", r.Status, r.Headers, r.Body)
		}
	}
	if r := g.get(t, "/pets", origin); r.Status != http.StatusOK {
		t.Errorf("a good reply: %d %v", r.Status, r.Headers)
	}
}
