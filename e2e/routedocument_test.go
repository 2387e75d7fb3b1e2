// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// documentInYAML is the document in the metadata of /invoices in envoy.yaml.
const documentInYAML = `'{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 410}}}'`

// withDocument puts other YAML in the place of the document.
func withDocument(t *testing.T, text, document string) string {
	t.Helper()
	if !strings.Contains(text, documentInYAML) {
		t.Fatal("envoy.yaml has no document where it was")
	}
	return strings.Replace(text, documentInYAML, document, 1)
}

// invoices asks for what RBAC denies, on the route with the document.
func invoices(t *testing.T, p *envoytest.Proxy) envoytest.RawReply {
	t.Helper()
	return envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /invoices?q=1 HTTP/1.1\r\nhost: a.partner.example.com\r\nx-tenant: acme\r\nconnection: close\r\n\r\n")
}

// notDocuments are values in metadata that are no good documents, as YAML, and what the log says of each.
var notDocuments = []struct {
	name, yaml string
	logged     []string
}{
	{
		"findings", `'{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 99}}, "match": {}}'`,
		[]string{` is ignored, "match" decides`, ": gatewayResponses.ACCESS_DENIED.statusCode (line 1, column 55)", `: match (line 1, column 61): unknown key "match"`},
	},
	{
		"variable", `'{"gatewayResponses": {"ACCESS_DENIED": {"headers": {"x-a": "$context.authorizer.sub"}}}}'`,
		[]string{`: "context.authorizer.sub" cannot be used in the metadata of a route`},
	},
	{"long", "'{" + strings.Repeat(" ", 64<<10) + "}'", []string{": document: the document has more than 65536 bytes"}},
	{"object", "{mode: off, api: {id: a}}", []string{": document: the metadata holds no string"}},
	{"empty", "{}", []string{": document: the metadata holds no string"}},
	{"list", `["{}"]`, []string{": document: the metadata holds no string"}},
	{"number", "7", []string{": document: the metadata holds no string"}},
	{"boolean", "true", []string{": document: the metadata holds no string"}},
}

// TestBadRouteDocuments has metadata hold what is no good document. It is counted for each reply, logged once with all
// findings, and ignored: match decides, and not the metadata of the virtual host.
func TestBadRouteDocuments(t *testing.T) {
	const (
		document = `{"routeDocuments": true, "gatewayResponses": {"DEFAULT_4XX": {"statusCode": 406}}, "routes": [
			{"name": "partner", "gatewayResponses": {"DEFAULT_4XX": {"statusCode": 418}}},
			{"name": "match", "match": {"routeNames": ["bad-*"]}, "gatewayResponses": {"DEFAULT_4XX": {"statusCode": 409}}}]}`
		counter = "routeDocument.bad"
		before  = "              - match: {path_separated_prefix: /invoices}\n"
	)
	var routes strings.Builder
	for _, bad := range notDocuments {
		fmt.Fprintf(&routes, "              - {name: bad-%[1]s, match: {path: /%[1]s}, route: {cluster: upstream}, metadata: {filter_metadata: {gateway_responses: {document: %[2]s}}}}\n", bad.name, bad.yaml)
	}
	text := withDocument(t, strings.Replace(string(envoytest.Template), before, routes.String()+before, 1), "''")
	p := envoytest.StartFrom(t, []byte(text), envoytest.Gateway(t, document))
	for _, bad := range notDocuments {
		t.Run(bad.name, func(t *testing.T) {
			envoytest.Holds(t)
			counted := p.Counter(t, counter) + 2
			for range 2 {
				got := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /"+bad.name+" HTTP/1.1\r\nhost: a.partner.example.com\r\nconnection: close\r\n\r\n")
				if got.Status != 409 {
					t.Errorf("status %d, want 409", got.Status)
				}
			}
			envoytest.Eventually(t, fmt.Sprintf("%s is %d", counter, counted), func() bool { return p.Counter(t, counter) == counted })
			where := `route "bad-` + bad.name + `" of virtual host "`
			for _, words := range bad.logged {
				n := 0
				for line := range strings.Lines(p.Log.String()) {
					if strings.Contains(line, where) && strings.Contains(line, words) {
						n++
					}
				}
				if n != 1 {
					t.Errorf("the log says %q of it %d times, want once", words, n)
				}
			}
		})
	}
	t.Run("an empty string", func(t *testing.T) {
		envoytest.Holds(t)
		if got := invoices(t, p); got.Status != 418 {
			t.Errorf("status %d, want 418 by the name on the virtual host", got.Status)
		}
	})
}

// TestRouteDocumentNotAllowed has a document in metadata that the filter's does not allow.
func TestRouteDocumentNotAllowed(t *testing.T) {
	p := envoytest.Start(t, envoytest.Gateway(t, `{"gatewayResponses": {"DEFAULT_4XX": {"statusCode": 406}}}`))
	if got := invoices(t, p); got.Status != 406 {
		t.Errorf("status %d, want 406", got.Status)
	}
}

// TestRouteDocumentsFromFile changes the document in the metadata (RDS) while requests come in: from one that uses what
// only its own text asks for, to a bad one, to one that turns the filter off, and back.
func TestRouteDocumentsFromFile(t *testing.T) {
	envoytest.Holds(t)
	const (
		own   = `'{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"application/json": "\"$method.request.header.x-tenant $method.request.querystring.q $context.envoy.virtualHost $context.envoy.body\""}}}}'`
		byOwn = `"acme 1 partner RBAC: access denied"`
		plain = "RBAC: access denied"
	)
	d := routeDiscovery{path: filepath.Join(t.TempDir(), "routes.yaml")}
	bootstrap, routes := d.split(t)
	d.deliver(t, "0", withDocument(t, routes, own))
	settings := envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway"}}}
	p := envoytest.StartFrom(t, []byte(bootstrap), settings, "--service-node", "e2e", "--service-cluster", "e2e")
	ask := func() string { return string(invoices(t, p).Body) }
	if got := ask(); got != byOwn {
		t.Fatalf("before any change the body is %q, want %q", got, byOwn)
	}
	before := byOwn
	for i, change := range []struct{ document, after string }{
		{`'{"gatewayResponses": {"NOPE": {}}}'`, defaultBody},
		{`'{"mode": "off"}'`, plain},
		{own, byOwn},
		{`'{"inherit": false}'`, plain},
		{`'{"mode": "rewrite"}'`, defaultBody},
	} {
		d.deliver(t, fmt.Sprint(i+1), withDocument(t, routes, change.document))
		awaitChange(t, ask, before, change.after)
		before = change.after
	}
}
