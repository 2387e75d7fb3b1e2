// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"net/http"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
)

// nowhere is a port that nobody listens on.
var nowhere = envoy.Endpoint{Host: "127.0.0.1", Port: 1}

// baked is the document that an Envoy has until a server gives it another.
const baked = `{"gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "baked"}}}}`

// startEnvoy starts an Envoy as gwr emit envoy makes it, for gateway "default" of a server.
func startEnvoy(t *testing.T, node string, server string, change ...func(*envoy.Options)) *envoytest.Proxy {
	t.Helper()
	at, err := envoy.ParseEndpoint(server)
	if err != nil {
		t.Fatal(err)
	}
	o := envoy.Options{
		Plugin: emit.Plugin{Name: envoy.ResourceName("default"), RootID: envoy.RootID("default"), Document: []byte(baked)},
		Wasm:   envoytest.PluginPath, Upstream: nowhere, Prefix: "/api/",
		Server: &envoy.Server{Endpoint: at, Node: node, Cluster: "edge", Metrics: true},
	}
	for _, c := range change {
		c(&o)
	}
	files, err := envoy.Files(o)
	if err != nil {
		t.Fatal(err)
	}
	return envoytest.StartConfig(t, files[len(files)-1].Text)
}

// reply is what a client sees of a path without a route.
func reply(t *testing.T, p *envoytest.Proxy) string {
	t.Helper()
	got := envoytest.Clients[0].Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: "/"})
	if got.Status != http.StatusNotFound {
		t.Fatalf("a path without a route has status %d, want 404: %q", got.Status, got.Body)
	}
	return string(got.Body)
}

// awaitReply waits until clients see a body.
func awaitReply(t *testing.T, p *envoytest.Proxy, want string) {
	t.Helper()
	envoytest.Eventually(t, "the reply is "+want, func() bool { return reply(t, p) == want })
}

// updates is how often Envoy took a filter from a server.
func updates(t *testing.T, p *envoytest.Proxy) int {
	t.Helper()
	return p.Stat(t, "extension_config_discovery.http_filter."+envoy.ResourceName("default")+".config_reload")
}
