// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	egv1a1 "github.com/envoyproxy/gateway/api/v1alpha1"
	"github.com/google/go-cmp/cmp"
	gwapiv1 "sigs.k8s.io/gateway-api/apis/v1"
	"sigs.k8s.io/yaml"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/internal/version"
)

// deployed is the folder deploy/envoy-gateway.
func deployed() string { return filepath.Join(deploytest.Root(), "deploy/envoy-gateway") }

// manifests are objects of Kubernetes, each as YAML, by kind.
type manifests map[string]string

// text is one text of some of them, of all without kinds.
func (m manifests) text(kinds ...string) string {
	var texts []string
	for kind, text := range m {
		if len(kinds) == 0 || slices.Contains(kinds, kind) {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	return strings.Join(texts, "---\n")
}

// objects reads manifests of a text.
func objects(t *testing.T, text string) manifests {
	t.Helper()
	read := manifests{}
	for part := range strings.SplitSeq("\n"+text, "\n---\n") {
		var object struct{ Kind string }
		if err := yaml.Unmarshal([]byte(part), &object); err != nil {
			t.Fatalf("%v\n%s", err, part)
		}
		if _, twice := read[object.Kind]; twice || object.Kind == "" {
			t.Fatalf("the kind %q is there twice, or empty:\n%s", object.Kind, text)
		}
		read[object.Kind] = part + "\n"
	}
	return read
}

// kustomized is what kubectl apply -k would apply of a folder of deploy/envoy-gateway.
func kustomized(t *testing.T, folder string) manifests {
	t.Helper()
	return objects(t, deploytest.Kustomized(t, filepath.Join(deployed(), folder)))
}

// emitted is what gwr emit envoy-gateway makes of the document in deploy/envoy-gateway, with flags.
func emitted(t *testing.T, flags ...string) manifests {
	t.Helper()
	return emittedOf(t, filepath.Join(deployed(), "gwr.yaml"), flags...)
}

// emittedOf is what gwr emit envoy-gateway makes of a document, with flags.
func emittedOf(t *testing.T, document string, flags ...string) manifests {
	t.Helper()
	out := filepath.Join(t.TempDir(), "manifests")
	args := []string{"emit", "envoy-gateway", document, "--gateway", "shop", "--namespace", "shop", "--out", out}
	if !slices.Contains(flags, "--image") && !slices.Contains(flags, "--adapter") {
		args = append(args, "--image", "oci://registry.example.com/gateway-responses:"+version.Number)
	}
	run(t, filepath.Join(deploytest.Dist(), "gwr"), append(args, flags...)...)
	files, err := filepath.Glob(filepath.Join(out, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return objects(t, strings.Join(texts, "---\n"))
}

// config is the document in an EnvoyExtensionPolicy, of its wasm or its dynamicModule.
func config(policy map[string]any, extension string) map[string]any {
	return policy["spec"].(map[string]any)[extension].([]any)[0].(map[string]any)["config"].(map[string]any)
}

// TestOverlays holds that base and overlays of deploy/envoy-gateway are what gwr emit envoy-gateway makes, and what differs.
func TestOverlays(t *testing.T) {
	made := emitted(t)
	for _, tc := range []struct {
		folder string
		kinds  []string
		// added is the key of the document that the folder adds.
		added string
	}{
		{"base", []string{"EnvoyExtensionPolicy", "EnvoyProxy", "EnvoyPatchPolicy"}, ""},
		{"overlays/observe", []string{"EnvoyExtensionPolicy", "EnvoyProxy", "EnvoyPatchPolicy"}, "mode"},
		{"overlays/catch-all", []string{"EnvoyExtensionPolicy", "EnvoyProxy", "HTTPRoute", "HTTPRouteFilter"}, "classification"},
	} {
		deployed := kustomized(t, tc.folder)
		if len(deployed) != len(tc.kinds) {
			t.Errorf("%s has %d manifests, want %v", tc.folder, len(deployed), tc.kinds)
		}
		for _, kind := range tc.kinds {
			object := deploytest.Object(t, deployed[kind])
			if kind == "EnvoyExtensionPolicy" && tc.added != "" {
				if _, has := config(object, "wasm")[tc.added]; !has {
					t.Errorf("the document of %s has no %s", tc.folder, tc.added)
				}
				delete(config(object, "wasm"), tc.added)
			}
			if diff := cmp.Diff(deploytest.Object(t, made[kind]), object); diff != "" {
				t.Errorf("%s of gwr (-), and of deploy/envoy-gateway/%s (+):\n%s", kind, tc.folder, diff)
			}
		}
	}
	served := kustomized(t, "overlays/gwrd")
	for kind, text := range emitted(t, "--server", "gwrd.gwrd.svc.cluster.local:8401") {
		if diff := cmp.Diff(deploytest.Object(t, text), deploytest.Object(t, served[kind])); diff != "" {
			t.Errorf("%s of gwr (-), and of deploy/envoy-gateway/overlays/gwrd (+):\n%s", kind, diff)
		}
	}
}

// TestStrict decodes all manifests into the types of Envoy Gateway and of the Gateway API, which know every key in them.
func TestStrict(t *testing.T) {
	all := map[string]manifests{
		"emitted with a digest": emitted(t, "--sha256", strings.Repeat("0", 64), "--listener", "http,https"),
		"emitted with a file":   emitted(t, "--image", "https://files.example.com/plugin.wasm"),
		"emitted with a module": emitted(t, "--adapter", "module", "--module", "/opt/gateway-responses.so", "--listener", "http,https"),
	}
	for _, pattern := range []string{"base", "overlays/*"} {
		folders, err := filepath.Glob(filepath.Join(deployed(), pattern))
		if err != nil || len(folders) == 0 {
			t.Fatalf("%s has %d folders, %v", pattern, len(folders), err)
		}
		for _, folder := range folders {
			name, _ := filepath.Rel(deployed(), folder)
			all[name] = kustomized(t, name)
		}
	}
	for name, objects := range all {
		for kind, text := range objects {
			decoded := map[string]any{
				"EnvoyExtensionPolicy": &egv1a1.EnvoyExtensionPolicy{}, "EnvoyProxy": &egv1a1.EnvoyProxy{}, "EnvoyPatchPolicy": &egv1a1.EnvoyPatchPolicy{},
				"HTTPRoute": &gwapiv1.HTTPRoute{}, "HTTPRouteFilter": &egv1a1.HTTPRouteFilter{},
			}[kind]
			if decoded == nil {
				t.Errorf("%s has a %s", name, kind)
				continue
			}
			if err := yaml.UnmarshalStrict([]byte(text), decoded); err != nil {
				t.Errorf("%s of %s: %v\n%s", kind, name, err, text)
			}
		}
	}
}

// onHost is an EnvoyProxy by which Envoy Gateway starts the Envoy of these tests on this machine, with one worker, and that says else
// what another one says.
func onHost(t *testing.T, envoyProxy string) string {
	t.Helper()
	object := deploytest.Object(t, envoyProxy)
	spec := object["spec"].(map[string]any)
	spec["provider"] = map[string]any{"type": "Host", "host": map[string]any{"envoyVersion": versionOfEnvoy(t)}}
	spec["concurrency"] = 1
	text, err := yaml.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
