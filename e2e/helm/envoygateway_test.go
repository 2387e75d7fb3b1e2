// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// envoyGatewayKinds are those of the objects for Envoy Gateway.
var envoyGatewayKinds = []string{"EnvoyExtensionPolicy", "EnvoyPatchPolicy", "EnvoyProxy", "HTTPRoute", "HTTPRouteFilter"}

// TestEnvoyGateway holds that the chart makes what gwr emit envoy-gateway makes, but for the way of requests without a route that was not
// chosen.
func TestEnvoyGateway(t *testing.T) {
	for _, tc := range []struct {
		name, noRoute string
		helm, gwr     []string
	}{
		{name: "patch", noRoute: "patch", gwr: []string{"--image", image}, helm: []string{"--set", "filter.image=" + image}},
		{name: "route", noRoute: "route", gwr: []string{"--image", image}, helm: []string{"--set", "filter.image=" + image}},
		{name: "neither", noRoute: "none", gwr: []string{"--image", image}, helm: []string{"--set", "filter.image=" + image}},
		{
			name: "all else", noRoute: "patch",
			gwr:  []string{"--image", "https://example.com/plugin.wasm", "--sha256", digest, "--listener", "http,https", "--name", "errors", "--root-id", "second"},
			helm: []string{"--set", "filter.image=https://example.com/plugin.wasm,filter.sha256=" + digest + ",envoyGateway.listeners={http,https},name=errors,filter.rootID=second"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			want := emittedForEnvoyGateway(t, tc.gwr...)
			for way, kinds := range map[string][]string{"patch": {"EnvoyPatchPolicy"}, "route": {"HTTPRoute", "HTTPRouteFilter"}} {
				for _, kind := range kinds {
					if way != tc.noRoute {
						delete(want, kind)
					}
				}
			}
			got := map[string]any{}
			flags := slices.Concat([]string{"--set", "platform=envoy-gateway,envoyGateway.gateway=eg,envoyGateway.noRoute=" + tc.noRoute, "--set-file", "document.text=" + built(t)}, tc.helm)
			for _, m := range render(t, flags...) {
				checkLabels(t, m.object)
				got[m.kind()] = m.object
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("what gwr emits (-), and the chart (+):\n%s", diff)
			}
		})
	}
}

// emittedForEnvoyGateway are the manifests of gwr emit envoy-gateway, by their kinds.
func emittedForEnvoyGateway(t *testing.T, flags ...string) map[string]any {
	t.Helper()
	out := filepath.Join(t.TempDir(), "eg")
	gwr(t, append([]string{"emit", "envoy-gateway", document, "--gateway", "eg", "--namespace", "istio-ingress", "--out", out}, flags...)...)
	files, err := os.ReadDir(out)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(out, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range manifests(t, string(text)) {
			all[m.kind()] = m.object
		}
	}
	if diff := cmp.Diff(envoyGatewayKinds, slices.Sorted(maps.Keys(all))); diff != "" {
		t.Fatalf("kinds: %s", diff)
	}
	return all
}
