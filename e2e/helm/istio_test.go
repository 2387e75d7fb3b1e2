// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/version"
)

// digest is one of the right form.
const digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// TestIstio holds that the chart makes what gwr emit istio makes, whichever proxies it is for and wherever the document comes from.
func TestIstio(t *testing.T) {
	for _, tc := range []struct {
		name       string
		helm, gwr  []string
		ofWaypoint bool
	}{
		{name: "ingress gateway"},
		{name: "digest", helm: []string{"--set", "filter.sha256=sha256:" + digest}, gwr: []string{"--sha256", digest}},
		{name: "file", helm: []string{"--set", "filter.image=file:///opt/plugin.wasm"}, gwr: []string{"--image", "file:///opt/plugin.wasm"}},
		{name: "Gateway", helm: []string{"--set", "istio.gateway=shop"}, gwr: []string{"--gateway", "shop"}},
		{
			name: "sidecar",
			helm: []string{"--set", "istio.proxy=sidecar,istio.selector.app=shop,istio.selector.tier=web"},
			gwr:  []string{"--proxy", "sidecar", "--selector", "app=shop,tier=web"},
		},
		{
			name: "waypoint", ofWaypoint: true,
			helm: []string{"--set", "istio.proxy=waypoint,istio.gateway=waypoint"}, gwr: []string{"--proxy", "waypoint", "--gateway", "waypoint"},
		},
		{
			name: "names", helm: []string{"--set", "name=errors,filter.rootID=second", "--namespace", "shop"},
			gwr: []string{"--name", "errors", "--root-id", "second", "--namespace", "shop"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for manifest, kind := range map[string]string{"wasmplugin": "WasmPlugin", "envoyfilter": "EnvoyFilter", "trafficextension": "TrafficExtension"} {
				if tc.ofWaypoint && manifest == "envoyfilter" {
					continue // there is none
				}
				want := emitted(t, manifest, tc.gwr...)
				for name, from := range map[string][]string{
					"value": {"--values", values(t)}, "text": {"--set-file", "document.text=" + built(t)},
				} {
					flags := slices.Concat([]string{"--set", "istio.manifest=" + manifest, "--set", "filter.image=" + image}, from, tc.helm)
					made := render(t, flags...)
					if len(made) != 1 {
						t.Errorf("%d objects, want one", len(made))
					}
					got := only(t, kind, made).object
					checkLabels(t, got)
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s of gwr (-) and of the chart (+), document.%s:\n%s", manifest, name, diff)
					}
				}
			}
		})
	}
}

// emitted is a manifest of gwr emit istio, as an object.
func emitted(t *testing.T, name string, flags ...string) map[string]any {
	t.Helper()
	out := filepath.Join(t.TempDir(), "istio")
	args := slices.Concat([]string{"emit", "istio", document, "--out", out}, flags)
	if !slices.Contains(flags, "--image") {
		args = append(args, "--image", image)
	}
	gwr(t, args...)
	text, err := os.ReadFile(filepath.Join(out, name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	object := manifests(t, string(text))[0].object
	readText(t, object)
	return object
}

// checkLabels checks the labels that the chart gives every object, and takes them out. What an EnvoyFilter has as text it reads.
func checkLabels(t *testing.T, object map[string]any) {
	t.Helper()
	metadata := object["metadata"].(map[string]any)
	labels := metadata["labels"].(map[string]any)
	for key, want := range map[string]any{
		"app.kubernetes.io/name": "gateway-responses", "app.kubernetes.io/instance": "gateway-responses",
		"app.kubernetes.io/managed-by": "Helm", "app.kubernetes.io/version": version.Number, "helm.sh/chart": "gateway-responses-" + version.Number,
	} {
		if labels[key] != want {
			t.Errorf("the label %s is %v, want %v", key, labels[key], want)
		}
	}
	delete(metadata, "labels")
	readText(t, object)
}

// readText reads the document that an EnvoyFilter has as text, so that spaces do not count.
func readText(t *testing.T, object map[string]any) {
	t.Helper()
	if object["kind"] != "EnvoyFilter" {
		return
	}
	at := object["spec"].(map[string]any)["configPatches"].([]any)[0].(map[string]any)["patch"].(map[string]any)["value"].(map[string]any)
	configuration := at["typed_config"].(map[string]any)["config"].(map[string]any)["configuration"].(map[string]any)
	var document any
	if err := json.Unmarshal([]byte(configuration["value"].(string)), &document); err != nil {
		t.Fatal(err)
	}
	configuration["value"] = document
}

// TestDocument holds that every text arrives as it was given, and that the engine loads it.
func TestDocument(t *testing.T) {
	for name, text := range map[string]string{
		"empty":      `{}`,
		"characters": `{"api": {"id": "\u0085\u009f\u007f\ufeff\uffff\u2028 \ud83d\ude00 <&> \\ \" ' # : | > \n\t", "stage": "on"}}`,
		"numbers":    `{"revision": 9007199254740992, "gatewayResponses": {"THROTTLED": {"statusCode": 429}, "UNAUTHORIZED": {"statusCode": "401"}}}`,
		"templates":  `{"gatewayResponses": {"DEFAULT_5XX": {"responseTemplates": {"text/plain": "{{ .Release.Name }} %d ${context.path}\n\n  two\n"}}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			var want map[string]any
			if err := json.Unmarshal([]byte(text), &want); err != nil {
				t.Fatal(err)
			}
			if len(want) == 0 {
				want["version"] = 1.0
			}
			for manifest, kind := range map[string]string{"wasmplugin": "WasmPlugin", "envoyfilter": "EnvoyFilter", "trafficextension": "TrafficExtension"} {
				made := only(t, kind, render(t, "--set", "filter.image="+image+",istio.manifest="+manifest, "--set-file", "document.text="+write(t, "gwr.json", text)))
				readText(t, made.object)
				got := documentOf(made.object)
				if diff := cmp.Diff(any(want), got); diff != "" {
					t.Errorf("%s: %s", kind, diff)
				}
				asJSON, err := json.Marshal(got)
				if err != nil {
					t.Fatal(err)
				}
				if _, findings := engine.Load(asJSON, engine.Everything()); findings.HasErrors() {
					t.Errorf("%s: %v", kind, findings)
				}
			}
		})
	}
}

// documentOf is the document in a manifest of Istio, whose text was read.
func documentOf(object map[string]any) any {
	spec := object["spec"].(map[string]any)
	switch object["kind"] {
	case "WasmPlugin":
		return spec["pluginConfig"]
	case "TrafficExtension":
		return spec["wasm"].(map[string]any)["pluginConfig"]
	}
	value := spec["configPatches"].([]any)[0].(map[string]any)["patch"].(map[string]any)["value"].(map[string]any)
	return value["typed_config"].(map[string]any)["config"].(map[string]any)["configuration"].(map[string]any)["value"]
}

// TestPullSecret: the secret of the registry is where the agent looks for it.
func TestPullSecret(t *testing.T) {
	flags := []string{"--set", "filter.image=" + image + ",filter.pullSecret=registry", "--set-file", "document.text=" + built(t)}
	plugin := only(t, "WasmPlugin", render(t, flags...)).object["spec"].(map[string]any)
	extension := only(t, "TrafficExtension", render(t, append(flags, "--set", "istio.manifest=trafficextension")...)).object["spec"].(map[string]any)
	for kind, of := range map[string]map[string]any{"WasmPlugin": plugin, "TrafficExtension": extension["wasm"].(map[string]any)} {
		if of["imagePullSecret"] != "registry" {
			t.Errorf("%s has %s, and no imagePullSecret", kind, strings.Join(slices.Sorted(maps.Keys(of)), ", "))
		}
	}
}
