// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"istio.io/istio/pilot/pkg/model"

	"gatewayresponses/e2e/envoytest"
)

// gateway is an Envoy that is the ingress gateway of a mesh.
type gateway struct {
	*envoytest.Proxy

	agent *agent
	// address is where it takes requests.
	address string
}

// startGateway starts istiod with manifests of the filter and with testdata/gateway.yaml, and an Envoy that takes its configuration
// from there.
func startGateway(t *testing.T, manifests string) *gateway {
	t.Helper()
	port := freePort(t)
	all := filled(t, "gateway.yaml", "GATEWAY_PORT", port, "CLOSED_PORT", freePort(t),
		"UPSTREAM_PORT", strconv.Itoa(envoytest.UpstreamServer(t, http.HandlerFunc(upstream))),
		"AUTHORIZER_PORT", strconv.Itoa(envoytest.UpstreamServer(t, http.HandlerFunc(authorizer)))) + "---\n" + manifests
	server, istiod := startIstiod(t, all)
	awaitFilter(t, server, proxyOf(server, model.Router, "istio-ingress", map[string]string{"istio": "ingress"}))
	a, agentPort := startAgent(t, istiod, fetcher(t))
	bootstrap := filled(t, "bootstrap.yaml", "NODE_TYPE", "router", "POD_NAMESPACE", "istio-ingress",
		"POD_LABELS", "istio: ingress", "AGENT_PORT", strconv.Itoa(agentPort))
	proxy := envoytest.StartConfig(t, []byte(bootstrap))
	t.Cleanup(func() {
		for _, reason := range a.refusals() {
			t.Errorf("Envoy refused what istiod made: %s", reason)
		}
	})
	return &gateway{Proxy: proxy, agent: a, address: "127.0.0.1:" + port}
}

// freePort is a port that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// upstream answers slowly where the path says so, with an error of its own, or well.
func upstream(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/slow"):
		time.Sleep(2 * time.Second)
	case strings.HasSuffix(r.URL.Path, "/missing"):
		http.Error(w, "the upstream wrote this", http.StatusNotFound)
	default:
		fmt.Fprintln(w, "fine")
	}
}

// authorizer denies everything, with a page of its own or without, or breaks the connection off.
func authorizer(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/down") {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusForbidden)
	if strings.HasSuffix(r.URL.Path, "/page") {
		fmt.Fprintln(w, "the authorizer wrote this")
	}
}

// get sends a request to the gateway.
func (g *gateway) get(t *testing.T, path string, headers http.Header) envoytest.Reply {
	t.Helper()
	return g.send(t, envoytest.Request{Method: http.MethodGet, Path: path, Headers: headers})
}

// send sends a request to the gateway.
func (g *gateway) send(t *testing.T, r envoytest.Request) envoytest.Reply {
	t.Helper()
	return envoytest.Clients[0].Send(t, "http://"+g.address, envoytest.NewID(), r)
}
