// SPDX-License-Identifier: Apache-2.0

package istio

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/emit"
)

// manifest is what the tests read of a manifest.
type manifest struct {
	Kind string
	Spec struct {
		Selector         any
		TargetRefs       []map[string]string `yaml:"targetRefs"`
		WorkloadSelector any                 `yaml:"workloadSelector"`
		PluginConfig     any                 `yaml:"pluginConfig"`
		Wasm             struct {
			PluginConfig any `yaml:"pluginConfig"`
		}
		Match         any
		ConfigPatches []struct {
			Match struct{ Context string }
			Patch struct {
				Operation string
				Value     struct {
					TypedConfig struct {
						Config struct {
							Configuration struct{ Value string }
							VMConfig      struct{ Code any } `yaml:"vm_config"`
						}
					} `yaml:"typed_config"`
				}
			}
		} `yaml:"configPatches"`
	}
}

// emitted makes the manifests and reads them.
func emitted(t *testing.T, o Options) map[string]manifest {
	t.Helper()
	o.Name, o.RootID, o.Namespace = "gateway-responses", "gateway", "istio-ingress"
	files, err := Files(o)
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]manifest{}
	for _, f := range files {
		var m manifest
		if err := yaml.Unmarshal(f.Text, &m); err != nil {
			t.Fatalf("%s: %v\n%s", f.Name, err, f.Text)
		}
		read[m.Kind] = m
	}
	return read
}

// asJSON is a value as JSON.
func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDocument: the document arrives, whatever Istio makes of a Struct without fields.
func TestDocument(t *testing.T) {
	for document, want := range map[string]string{
		`{"mode": "off", "api": {"id": "\ud83d\ude00"}}`: `{"api":{"id":"😀"},"mode":"off"}`,
		` {} `: `{"version":1}`,
	} {
		read := emitted(t, Options{Image: "oci://registry/image", Plugin: emit.Plugin{Document: []byte(document)}})
		var filter any
		if err := json.Unmarshal([]byte(read["EnvoyFilter"].Spec.ConfigPatches[0].Patch.Value.TypedConfig.Config.Configuration.Value), &filter); err != nil {
			t.Fatal(err)
		}
		for kind, got := range map[string]any{
			"WasmPlugin": read["WasmPlugin"].Spec.PluginConfig, "TrafficExtension": read["TrafficExtension"].Spec.Wasm.PluginConfig, "EnvoyFilter": filter,
		} {
			if diff := cmp.Diff(want, asJSON(t, got)); diff != "" {
				t.Errorf("%s of %s: %s", kind, document, diff)
			}
		}
	}
}

// TestTarget: a Gateway by name, or proxies by labels; a file, or what the agent fetches.
func TestTarget(t *testing.T) {
	gateway := emitted(t, Options{Image: "file:///opt/plugin.wasm", Gateway: "shop", Plugin: emit.Plugin{Document: []byte("{}")}})
	labels := emitted(t, Options{Image: "oci://r/i", SHA256: strings.Repeat("a", 64), Labels: []Label{{"istio", "ingress"}}, Plugin: emit.Plugin{Document: []byte("{}")}})
	ref := []map[string]string{{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "shop"}}
	for kind, m := range gateway {
		if diff := cmp.Diff(ref, m.Spec.TargetRefs); diff != "" || m.Spec.Selector != nil || m.Spec.WorkloadSelector != nil {
			t.Errorf("%s of a Gateway: %s", kind, diff)
		}
	}
	if got := asJSON(t, labels["WasmPlugin"].Spec.Selector); got != `{"matchLabels":{"istio":"ingress"}}` {
		t.Errorf("selector %s", got)
	}
	if got := asJSON(t, labels["EnvoyFilter"].Spec.WorkloadSelector); got != `{"labels":{"istio":"ingress"}}` {
		t.Errorf("workloadSelector %s", got)
	}
	code := func(m manifest) string {
		return asJSON(t, m.Spec.ConfigPatches[0].Patch.Value.TypedConfig.Config.VMConfig.Code)
	}
	if got := code(gateway["EnvoyFilter"]); got != `{"local":{"filename":"/opt/plugin.wasm"}}` {
		t.Errorf("code %s", got)
	}
	if got := code(labels["EnvoyFilter"]); !strings.Contains(got, `"uri":"oci://r/i"`) || !strings.Contains(got, strings.Repeat("a", 64)) {
		t.Errorf("code %s", got)
	}
}

// TestProxy: a sidecar gets the filter for what comes in, and a waypoint no EnvoyFilter.
func TestProxy(t *testing.T) {
	o := Options{Image: "oci://r/i", Labels: []Label{{"app", "shop"}}, Proxy: SidecarProxy, Plugin: emit.Plugin{Document: []byte("{}")}}
	sidecar := emitted(t, o)
	if got := asJSON(t, sidecar["WasmPlugin"].Spec.Match) + asJSON(t, sidecar["TrafficExtension"].Spec.Match); got != `[{"mode":"SERVER"}][{"mode":"SERVER"}]` {
		t.Errorf("match %s", got)
	}
	for _, patch := range sidecar["EnvoyFilter"].Spec.ConfigPatches {
		if patch.Match.Context != "SIDECAR_INBOUND" {
			t.Errorf("context %q", patch.Match.Context)
		}
	}
	o.Proxy = WaypointProxy
	if _, err := Files(o); err == nil {
		t.Error("a waypoint without a name has manifests")
	}
	o.Gateway = "waypoint"
	if _, has := emitted(t, o)["EnvoyFilter"]; has {
		t.Error("a waypoint has an EnvoyFilter, of which istiod applies nothing")
	}
}

func TestCheckImage(t *testing.T) {
	for image, good := range map[string]bool{"oci://r/i": true, "file:///p": true, "": false, "r/i": false, "ftp://r": false, "oci://": false} {
		if err := CheckImage(image); (err == nil) != good {
			t.Errorf("CheckImage(%q) = %v", image, err)
		}
	}
}
