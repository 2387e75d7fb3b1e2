// SPDX-License-Identifier: Apache-2.0

package mesh

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

// good is a token that the gateway takes, bad one with another signature, expired one of yesterday.
var (
	good    = bearer(envoytest.Token(envoytest.HS256, `{"iss":"https://issuer.example.com","sub":"me"}`))
	bad     = bearer(envoytest.Token(envoytest.HS256, `{"iss":"https://issuer.example.com","sub":"me"}`) + "x")
	expired = bearer(envoytest.Token(envoytest.HS256, `{"iss":"https://issuer.example.com","sub":"me","exp":1}`))
)

// bearer are the headers of a request with a token.
func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

// producers are what makes errors on a gateway, and a request for each.
var producers = []struct {
	// name is its row in docs/istio.md.
	name    string
	path    string
	headers http.Header
	// was is the status of the reply as Envoy makes it, is that of ours.
	was, is int
	// inPhase says whether a WasmPlugin of the phase AUTHN sees it, first whether an EnvoyFilter that comes first does.
	inPhase, first bool
}{
	{"a token that is not good (RequestAuthentication)", "/pets", bad, 401, 401, true, true},
	{"a token that has expired (RequestAuthentication)", "/pets", expired, 401, 401, true, true},
	{"no token (AuthorizationPolicy)", "/private", nil, 403, 401, true, true},
	{"not allowed (AuthorizationPolicy)", "/admin", good, 403, 403, true, true},
	{"CUSTOM authorization denies, without a body", "/custom", good, 403, 403, false, true},
	{"CUSTOM authorization denies, with a page of the authorizer", "/custom/page", good, 403, 403, false, false},
	{"CUSTOM authorization fails", "/custom/down", good, 403, 403, false, true},
	{"a rate limit (EnvoyFilter with local_ratelimit)", "/limited", good, 429, 429, true, true},
	{"a fault (VirtualService)", "/fault", good, 503, 503, true, true},
	{"no route", "/nowhere", good, 404, 404, true, true},
	{"no endpoints", "/empty", good, 503, 503, true, true},
	{"an upstream that is down", "/checkout", good, 503, 503, true, true},
	{"an upstream that is slow (timeout of a VirtualService)", "/slow", good, 504, 504, true, true},
	{"a directResponse (VirtualService)", "/direct", good, 403, 403, false, false},
	{"the upstream's own error", "/pets/missing", good, 404, 404, false, false},
}

// TestSeen runs a gateway as istiod configures it, with each of the manifests, and holds the table of docs/istio.md to what it does
// with the errors of each producer. On the same gateway it tries CORS, routes and what comes before all filters.
func TestSeen(t *testing.T) {
	img := deploytest.Publish(t)
	page, err := os.ReadFile(filepath.Join(deploytest.Root(), "docs/istio.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"wasmplugin.yaml", "trafficextension.yaml", "envoyfilter.yaml"} {
		t.Run(file, func(t *testing.T) {
			g := start(t, ingressGateway, emitted(t, file, img.Flags()...))
			g.get(t, "/limited", good) // takes the one token of the limit
			for _, p := range producers {
				seen := p.inPhase
				if file == "envoyfilter.yaml" {
					seen = p.first
				}
				checkSeen(t, g.get(t, p.path, p.headers), p.name, seen, p.was, p.is)
				row := fmt.Sprintf("\n| %s | %d | %s | %s |", p.name, p.was, yes(p.inPhase), yes(p.first))
				if !strings.Contains(string(page), row) {
					t.Errorf("docs/istio.md lacks the row %q", row)
				}
			}
			// The first rewritten error of docs/istio.md.
			if r := g.get(t, "/nowhere", good); string(r.Body) != `{"title": "Not Found", "status": 404}` {
				t.Errorf("/nowhere: %s", r.Body)
			}
			checkCORS(t, g)
			checkRoutes(t, g)
			checkBefore(t, g)
			if file == "envoyfilter.yaml" {
				checkDoctor(t, g)
			} else {
				checkDoctor(t, g, notFirst) // CUSTOM authorization stands in front of it
			}
		})
	}
}

// checkSeen holds that a reply is ours when the filter sees such errors, and Envoy's or somebody's own when it does not.
func checkSeen(t *testing.T, r envoytest.Reply, name string, seen bool, was, is int) {
	t.Helper()
	if !seen {
		is = was
	}
	ours := r.Headers.Get("Content-Type") == "application/problem+json"
	if ours != seen || r.Status != is {
		t.Errorf("%s: %d, ours: %t; want %d, %t\n%v\n%s", name, r.Status, ours, is, seen, r.Headers, r.Body)
	}
	if seen && !strings.Contains(string(r.Body), fmt.Sprintf(`"status": %d`, is)) {
		t.Errorf("%s: the body is %s", name, r.Body)
	}
}

// yes is a word of the table.
func yes(seen bool) string {
	if seen {
		return "yes"
	}
	return "no"
}
