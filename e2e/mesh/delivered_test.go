// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
	"gatewayresponses/internal/certtest"
)

// unreached is what the document of deploy/istio makes of a path without a route.
const unreached = `{"title": "Not Found", "status": 404}`

// TestDelivered has a gwrd deliver documents to gateways that istiod configures: what is deployed through /v1 is in force on them, and
// stays so without the server; one that starts then has the document of its manifest.
func TestDelivered(t *testing.T) {
	authority := certtest.New(t)
	of := authority.Write(t.TempDir(), authority.Issue("localhost"))
	by := authority.Write(t.TempDir(), authority.Issue("spiffe://cluster.local/ns/istio-ingress/sa/ingress"))
	g := gwrdtest.New(t)
	flags := []string{
		"--plugin-file", envoytest.PluginPath, "--xds-tls-cert", of.Certificate, "--xds-tls-key", of.Key, "--xds-client-ca", of.CA,
		"--xds-grant", "spiffe://cluster.local/ns/istio-ingress/*=default",
	}
	stop := g.Start(t, flags...)
	_, port, _ := strings.Cut(g.XDS, ":")
	manifest := func(by certtest.Files) string {
		return emitted(t, "envoyfilter-ecds.yaml", "--image", "file://"+envoytest.PluginPath, "--server", "localhost:"+port,
			"--server-ca", by.CA, "--client-cert", by.Certificate, "--client-key", by.Key)
	}

	running := start(t, ingressGateway, manifest(by))
	awaitUnreached(t, running, "")
	api := bind(t, g)
	deploy(t, g, api, "first")
	awaitUnreached(t, running, "first")
	deploy(t, g, api, "second")
	awaitUnreached(t, running, "second")
	checkSeen(t, running.get(t, "/pets", bad), "a token that is not good", false, 401, 401)
	checkDoctor(t, running, preflights) // no cors in what is deployed

	other := start(t, ingressGateway, manifest(authority.Write(t.TempDir(), authority.Issue("spiffe://cluster.local/ns/shop/sa/shop"))))
	deploy(t, g, api, "third")
	awaitUnreached(t, running, "third")
	if r := other.get(t, "/nowhere", good); string(r.Body) != unreached {
		t.Errorf("a proxy of another namespace has a document of the server: %s", r.Body)
	}

	stop()
	awaitUnreached(t, running, "third")
	fresh := start(t, ingressGateway, manifest(by))
	awaitUnreached(t, fresh, unreached)

	g.Start(t, flags...)
	awaitUnreached(t, fresh, "third")
	awaitUnreached(t, running, "third")
}

// bind makes an API that is in force on all hosts, and gives its id.
func bind(t *testing.T, g *gwrdtest.Server) string {
	t.Helper()
	var made struct{ ID string }
	if err := json.Unmarshal(g.Ask(t, http.MethodPost, "/apis", `{"name": "pets"}`), &made); err != nil {
		t.Fatal(err)
	}
	deploy(t, g, made.ID, "nothing yet")
	g.Ask(t, http.MethodPost, "/hosts", `{"host": "*"}`)
	g.Put(t, "/hosts/*/bindings/(none)", fmt.Sprintf(`{"api": %q, "stage": "prod"}`, made.ID))
	return made.ID
}

// deploy lets an API say a word to requests without a route.
func deploy(t *testing.T, g *gwrdtest.Server, api, word string) {
	t.Helper()
	g.Put(t, "/apis/"+api+"/responses/MISSING_AUTHENTICATION_TOKEN", fmt.Sprintf(`{"statusCode": "404", "responseTemplates": {"text/plain": %q}}`, word))
	g.Ask(t, http.MethodPost, "/apis/"+api+"/deployments", `{"stage": "prod"}`)
}

// awaitUnreached waits until a gateway gives a path without a route a reply.
func awaitUnreached(t *testing.T, p *proxy, want string) {
	t.Helper()
	envoytest.Eventually(t, fmt.Sprintf("the reply to a path without a route is %q", want), func() bool {
		r := p.get(t, "/nowhere", good)
		return r.Status == http.StatusNotFound && string(r.Body) == want
	})
}
