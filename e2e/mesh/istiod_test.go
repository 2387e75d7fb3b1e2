// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"net"
	"testing"

	"google.golang.org/protobuf/types/known/wrapperspb"
	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/mesh"
)

// startIstiod starts Istio's discovery server with manifests, and returns its address with it.
func startIstiod(t *testing.T, manifests string) (server *xds.FakeDiscoveryServer, address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	options := xds.FakeOptions{
		ConfigString: manifests,
		// What is about an ambient mesh istiod reads as objects of Kubernetes.
		KubernetesObjectString: manifests,
		MeshConfig:             meshSettings(),
		ListenerBuilder:        func() (net.Listener, error) { return l, nil },
	}
	return xds.NewFakeDiscoveryServer(t, options), l.Addr().String()
}

// meshSettings are Istio's defaults, with an authorizer, and without mutual TLS, for which there is nobody here to sign.
func meshSettings() *meshconfig.MeshConfig {
	settings := mesh.DefaultMeshConfig()
	settings.EnableAutoMtls = wrapperspb.Bool(false)
	settings.ExtensionProviders = append(settings.ExtensionProviders, &meshconfig.MeshConfig_ExtensionProvider{
		Name: "authorizer",
		Provider: &meshconfig.MeshConfig_ExtensionProvider_EnvoyExtAuthzHttp{
			EnvoyExtAuthzHttp: &meshconfig.MeshConfig_ExtensionProvider_EnvoyExternalAuthorizationHttpProvider{
				Service: "authorizer.internal", Port: 80,
			},
		},
	})
	return settings
}
