// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	networking "istio.io/api/networking/v1alpha3"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/config/xds"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/internal/version"
)

// deployed is the folder deploy/istio.
func deployed() string { return filepath.Join(deploytest.Root(), "deploy/istio") }

// kustomized is what kubectl apply -k would apply of a folder of deploy/istio.
func kustomized(t *testing.T, folder string) string {
	t.Helper()
	return deploytest.Kustomized(t, filepath.Join(deployed(), folder))
}

// TestOverlays holds that the overlays of deploy/istio are what gwr emit istio makes with flags.
func TestOverlays(t *testing.T) {
	for _, tc := range []struct {
		folder, file string
		flags        []string
	}{
		{"base/wasmplugin", "wasmplugin.yaml", nil},
		{"base/envoyfilter", "envoyfilter.yaml", nil},
		{"base/trafficextension", "trafficextension.yaml", nil},
		{"base/envoyfilter-ecds", "envoyfilter-ecds.yaml", []string{
			"--image", "file:///etc/envoy/plugin.wasm", "--server", "gwrd.gwrd.svc.cluster.local:8401", "--server-ca", "/etc/gwrd-client/ca.crt",
			"--client-cert", "/etc/gwrd-client/tls.crt", "--client-key", "/etc/gwrd-client/tls.key",
		}},
		{"overlays/gateway-api", "wasmplugin.yaml", []string{"--gateway", "shop", "--namespace", "shop"}},
		{"overlays/sidecar", "wasmplugin.yaml", []string{"--proxy", "sidecar", "--selector", "app=shop", "--namespace", "shop"}},
		{"overlays/waypoint", "wasmplugin.yaml", []string{"--proxy", "waypoint", "--gateway", "waypoint", "--namespace", "shop"}},
	} {
		if diff := cmp.Diff(deploytest.Object(t, emitted(t, tc.file, tc.flags...)), deploytest.Object(t, kustomized(t, tc.folder))); diff != "" {
			t.Errorf("%s of gwr (-), and of deploy/istio/%s (+):\n%s", tc.file, tc.folder, diff)
		}
	}
	observing := deploytest.Object(t, kustomized(t, "overlays/observe"))
	config := observing["spec"].(map[string]any)["pluginConfig"].(map[string]any)
	if config["mode"] != "observe" {
		t.Errorf("mode %v", config["mode"])
	}
	delete(config, "mode")
	if diff := cmp.Diff(deploytest.Object(t, kustomized(t, "base/wasmplugin")), observing); diff != "" {
		t.Errorf("deploy/istio/overlays/observe changes more than the mode:\n%s", diff)
	}
}

// TestStrict decodes all manifests into Istio's types and Envoy's, which know every key in them, and checks them as istiod does.
func TestStrict(t *testing.T) {
	manifests := map[string]string{}
	for _, pattern := range []string{"base/*", "overlays/*"} {
		folders, err := filepath.Glob(filepath.Join(deployed(), pattern))
		if err != nil || len(folders) < 3 {
			t.Fatalf("%s has %d folders, %v", pattern, len(folders), err)
		}
		for _, folder := range folders {
			name, _ := filepath.Rel(deployed(), folder)
			manifests[name] = kustomized(t, name)
		}
	}
	for _, file := range []string{"wasmplugin.yaml", "envoyfilter.yaml", "trafficextension.yaml"} {
		manifests["emitted with a digest: "+file] = emitted(t, file, "--sha256", strings.Repeat("0", 64))
		manifests["emitted for a sidecar: "+file] = emitted(t, file, "--proxy", "sidecar")
	}
	for name, text := range manifests {
		t.Run(name, func(t *testing.T) { checkStrictly(t, text) })
	}
}

// checkStrictly checks a manifest.
func checkStrictly(t *testing.T, text string) {
	t.Helper()
	object := deploytest.Object(t, text)
	spec, err := json.Marshal(object["spec"])
	if err != nil {
		t.Fatal(err)
	}
	kind, ok := map[string]resource.Schema{
		"WasmPlugin": collections.WasmPlugin, "EnvoyFilter": collections.EnvoyFilter, "TrafficExtension": collections.TrafficExtension,
	}[object["kind"].(string)]
	if !ok {
		t.Fatalf("kind %v", object["kind"])
	}
	decoded, err := kind.NewInstance()
	if err != nil {
		t.Fatal(err)
	}
	if err := protojson.Unmarshal(spec, decoded.(proto.Message)); err != nil {
		t.Fatal(err)
	}
	meta := config.Meta{GroupVersionKind: kind.GroupVersionKind(), Name: "gateway-responses", Namespace: "istio-ingress"}
	filter, isFilter := decoded.(*networking.EnvoyFilter)
	warning, err := kind.ValidateConfig(config.Config{Meta: meta, Spec: decoded})
	if isExpected := isFilter && strings.HasPrefix(fmt.Sprint(warning), "EnvoyFilter exposes internal implementation details"); err != nil || warning != nil && !isExpected {
		t.Errorf("istiod says: %v, %v", err, warning)
	}
	if isFilter {
		for _, patch := range filter.GetConfigPatches() {
			if _, err := xds.BuildXDSObjectFromStruct(patch.GetApplyTo(), patch.GetPatch().GetValue(), true); err != nil {
				t.Error(err)
			}
		}
	}
}

// emitted is a file that gwr emit istio makes of the document in deploy/istio, with flags.
func emitted(t *testing.T, file string, flags ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "istio")
	args := []string{"emit", "istio", filepath.Join(deployed(), "gwr.yaml"), "--out", out}
	if !slices.Contains(flags, "--image") {
		args = append(args, "--image", "oci://registry.example.com/gateway-responses:"+version.Number)
	}
	command := exec.Command(filepath.Join(deploytest.Dist(), "gwr"), append(args, flags...)...)
	if printed, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", command.Args, err, printed)
	}
	text, err := os.ReadFile(filepath.Join(out, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
