// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"testing"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/test/xds"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// proxy is an Envoy in a mesh.
type proxy struct {
	*envoytest.Proxy

	// address is where it takes requests.
	address string
	// istiod gives it its configuration.
	istiod *xds.FakeDiscoveryServer
}

// role is what an Envoy is in the mesh.
type role struct {
	kind      model.NodeType
	namespace string
	labels    map[string]string
	// manifests are a file of testdata.
	manifests string
}

// ingressGateway is the role in which an Envoy takes requests here.
var ingressGateway = role{model.Router, "istio-ingress", map[string]string{"istio": "ingress"}, "gateway.yaml"}

// start starts istiod with manifests of the filter and with those of the role, and an Envoy, with arguments, that takes its
// configuration from there.
func start(t *testing.T, r role, manifests string, args ...string) *proxy {
	t.Helper()
	port := envoytest.FreePort(t)
	all := deploytest.Filled(t, r.manifests, "GATEWAY_PORT", port, "INBOUND_PORT", port, "OUTBOUND_PORT", envoytest.FreePort(t), "CLOSED_PORT", envoytest.FreePort(t),
		"UPSTREAM_PORT", strconv.Itoa(envoytest.UpstreamServer(t, http.HandlerFunc(deploytest.Upstream))),
		"AUTHORIZER_PORT", strconv.Itoa(envoytest.UpstreamServer(t, http.HandlerFunc(deploytest.Authorizer)))) + "---\n" + manifests
	server, istiod := startIstiod(t, all)
	awaitFilter(t, server, proxyOf(server, r.kind, r.namespace, r.labels))
	a, agentPort := startAgent(t, istiod, fetcher(t))
	labels, err := json.Marshal(r.labels)
	if err != nil {
		t.Fatal(err)
	}
	bootstrap := deploytest.Filled(t, "bootstrap.yaml", "NODE_TYPE", string(r.kind), "POD_NAMESPACE", r.namespace,
		"POD_LABELS", string(labels), "AGENT_PORT", strconv.Itoa(agentPort))
	envoy := envoytest.StartConfig(t, []byte(bootstrap), args...)
	t.Cleanup(func() {
		for _, reason := range a.refusals() {
			t.Errorf("Envoy refused what istiod made: %s", reason)
		}
	})
	p := &proxy{Proxy: envoy, address: "127.0.0.1:" + port, istiod: server}
	envoytest.Eventually(t, "the proxy listens", func() bool {
		connection, err := net.Dial("tcp", p.address)
		if err != nil {
			return false
		}
		return connection.Close() == nil
	})
	return p
}

// get sends a request.
func (p *proxy) get(t *testing.T, path string, headers http.Header) envoytest.Reply {
	t.Helper()
	return p.send(t, envoytest.Request{Method: http.MethodGet, Path: path, Headers: headers})
}

// send sends a request.
func (p *proxy) send(t *testing.T, r envoytest.Request) envoytest.Reply {
	t.Helper()
	return envoytest.Clients[0].Send(t, "http://"+p.address, envoytest.NewID(), r)
}
