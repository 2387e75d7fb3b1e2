// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"path"
	"slices"
	"strings"
	"testing"

	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	hcm "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	"github.com/google/go-cmp/cmp"
	"istio.io/api/label"
	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/test"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// chains are the HTTP filters of the connection managers that hold ours, by name, in their order, each list once.
func chains(t *testing.T, listeners []*listener.Listener) [][]string {
	t.Helper()
	var found [][]string
	for _, l := range listeners {
		for _, chain := range append(l.GetFilterChains(), l.GetDefaultFilterChain()) {
			for _, filter := range chain.GetFilters() {
				names := filterNames(t, filter)
				isKnown := slices.ContainsFunc(found, func(other []string) bool { return slices.Equal(other, names) })
				if slices.Contains(names, "gateway-responses") && !isKnown {
					found = append(found, names)
				}
			}
		}
	}
	return found
}

// filterNames are the names of the HTTP filters of a network filter, without what all of them begin with.
func filterNames(t *testing.T, filter *listener.Filter) []string {
	t.Helper()
	if !filter.GetTypedConfig().MessageIs(&hcm.HttpConnectionManager{}) {
		return nil
	}
	var manager hcm.HttpConnectionManager
	if err := filter.GetTypedConfig().UnmarshalTo(&manager); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range manager.GetHttpFilters() {
		name := strings.TrimPrefix(f.GetName(), "envoy.filters.http.")
		if f.GetConfigDiscovery() != nil && strings.Contains(name, "gateway-responses") {
			name = "gateway-responses" // Istio puts words and the namespace around it
		}
		names = append(names, path.Base(name))
	}
	return names
}

// proxyOf is a proxy that has told istiod what it is.
func proxyOf(server *xds.FakeDiscoveryServer, kind model.NodeType, namespace string, labels map[string]string) *model.Proxy {
	return server.SetupProxy(&model.Proxy{
		Type: kind, ConfigNamespace: namespace, Labels: labels, IPAddresses: []string{"127.0.0.9"},
		Metadata: &model.NodeMetadata{Namespace: namespace, Labels: labels, ClusterID: "Kubernetes", IstioVersion: "1.31.0"},
	})
}

// What follows ours when it is the first one of the phase AUTHN, and when it is the first of all.
var (
	onGateway  = []string{"jwt_authn", "rbac", "grpc_stats", "istio.alpn", "fault", "cors", "local_ratelimit", "router"}
	onSidecar  = []string{"jwt_authn", "rbac", "grpc_stats", "fault", "cors", "router"}
	onWaypoint = []string{"jwt_authn", "rbac", "grpc_stats", "fault", "cors", "waypoint_upstream_peer_metadata", "router"}

	ours     = []string{"gateway-responses"}
	exchange = []string{"istio.metadata_exchange"}
	custom   = []string{"rbac", "ext_authz"}
)

// The roles that have no Envoy here.
var (
	sidecar  = role{model.SidecarProxy, "shop", map[string]string{"app": "shop"}, "sidecar.yaml"}
	waypoint = role{model.Waypoint, "shop", map[string]string{label.IoK8sNetworkingGatewayGatewayName.Name: "waypoint"}, "waypoint.yaml"}
)

// onShop are the flags of gwr emit istio for the sidecars of testdata.
var onShop = []string{"--proxy", "sidecar", "--namespace", "shop", "--selector", "app=shop"}

// TestOrder holds where istiod puts the filter, with all of its own filters there that make errors.
func TestOrder(t *testing.T) {
	test.SetForTest(t, &features.EnableAmbient, true)
	test.SetForTest(t, &features.EnableAmbientWaypoints, true)
	ports := []string{"GATEWAY_PORT", "8080", "INBOUND_PORT", "8081", "OUTBOUND_PORT", "8082", "CLOSED_PORT", "1", "UPSTREAM_PORT", "2", "AUTHORIZER_PORT", "3"}
	for _, tc := range []struct {
		role
		flags        []string
		phase, first []string
	}{
		{ingressGateway, nil, slices.Concat(exchange, custom, ours, onGateway), slices.Concat(ours, exchange, custom, onGateway)},
		{sidecar, onShop, slices.Concat(exchange, custom, ours, onSidecar), slices.Concat(ours, exchange, custom, onSidecar)},
		{waypoint, []string{"--proxy", "waypoint", "--namespace", "shop", "--gateway", "waypoint"}, slices.Concat(custom, ours, onWaypoint), nil},
	} {
		for file, want := range map[string][]string{
			"wasmplugin.yaml": tc.phase, "trafficextension.yaml": tc.phase, "envoyfilter.yaml": tc.first, "envoyfilter-ecds.yaml": tc.first,
		} {
			if want == nil {
				continue
			}
			t.Run(string(tc.kind)+"/"+file, func(t *testing.T) {
				flags := tc.flags
				if file == "envoyfilter-ecds.yaml" {
					flags = slices.Concat(flags, []string{"--image", "file:///etc/envoy/plugin.wasm", "--server", "gwrd:8401"})
				}
				server, _ := startIstiod(t, deploytest.Filled(t, tc.manifests, ports...)+"---\n"+emitted(t, file, flags...))
				proxy := proxyOf(server, tc.kind, tc.namespace, tc.labels)
				awaitFilter(t, server, proxy)
				if diff := cmp.Diff([][]string{want}, chains(t, server.Listeners(proxy))); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// awaitFilter waits until istiod gives a proxy the filter. It turns a WasmPlugin into a TrafficExtension in its own time.
func awaitFilter(t *testing.T, server *xds.FakeDiscoveryServer, proxy *model.Proxy) {
	t.Helper()
	envoytest.Eventually(t, "istiod has the filter in a listener", func() bool {
		proxy.SetSidecarScope(server.PushContext())
		proxy.SetGatewaysForProxy(server.PushContext())
		return len(chains(t, server.Listeners(proxy))) > 0
	})
}
