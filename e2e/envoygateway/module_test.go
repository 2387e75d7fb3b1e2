// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	egv1a1 "github.com/envoyproxy/gateway/api/v1alpha1"
	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"gatewayresponses/e2e/deploytest"
)

// TestModule holds that the overlay with the dynamic module is what gwr emit makes, and the base with another adapter: the EnvoyProxy allows the module that the
// policy names, puts it where it puts the wasm filter, and the document asks for nothing that the module cannot tell.
func TestModule(t *testing.T) {
	base, overlay := kustomized(t, "base"), kustomized(t, "overlays/module")
	for kind, text := range emitted(t, "--adapter", "module@1.39") {
		object := deploytest.Object(t, text)
		switch kind {
		case "HTTPRoute", "HTTPRouteFilter":
			continue
		case "EnvoyExtensionPolicy":
			delete(config(object, "dynamicModule"), "routes")
		}
		if diff := cmp.Diff(object, deploytest.Object(t, overlay[kind])); diff != "" {
			t.Errorf("%s of gwr (-), and of deploy/envoy-gateway/overlays/module (+):\n%s", kind, diff)
		}
	}
	var policy egv1a1.EnvoyExtensionPolicy
	var before, proxy egv1a1.EnvoyProxy
	for text, object := range map[string]any{overlay["EnvoyExtensionPolicy"]: &policy, overlay["EnvoyProxy"]: &proxy, base["EnvoyProxy"]: &before} {
		if err := yaml.UnmarshalStrict([]byte(text), object); err != nil {
			t.Fatal(err)
		}
	}
	if len(policy.Spec.DynamicModule) != 1 || len(policy.Spec.Wasm) > 0 || len(proxy.Spec.DynamicModules) != 1 {
		t.Fatalf("%d modules and %d wasm filters run, and %d modules are allowed; want one module",
			len(policy.Spec.DynamicModule), len(policy.Spec.Wasm), len(proxy.Spec.DynamicModules))
	}
	runs, allowed := policy.Spec.DynamicModule[0], proxy.Spec.DynamicModules[0]
	if runs.Name != allowed.Name || allowed.DoNotClose == nil || !*allowed.DoNotClose {
		t.Errorf("the module %q runs, and %q is allowed, doNotClose %v", runs.Name, allowed.Name, allowed.DoNotClose)
	}
	for i := range before.Spec.FilterOrder {
		before.Spec.FilterOrder[i].Name = egv1a1.EnvoyFilterDynamicModules
	}
	if diff := cmp.Diff(before.Spec.FilterOrder, proxy.Spec.FilterOrder); diff != "" {
		t.Errorf("the order of the module is not that of the wasm filter (-wasm +module):\n%s", diff)
	}
	if *runs.FilterName == "" || !strings.Contains(overlay["EnvoyPatchPolicy"], "filter_name == '"+*runs.FilterName+"'") {
		t.Errorf("the patch does not name the filter %q:\n%s", *runs.FilterName, overlay["EnvoyPatchPolicy"])
	}
	document := filepath.Join(t.TempDir(), "document.json")
	if err := os.WriteFile(document, runs.Config.Raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if found := run(t, filepath.Join(deploytest.Dist(), "gwr"), "validate", "--adapter", "module", document); strings.Contains(found, "GWR") {
		t.Errorf("the document asks for what the module cannot tell:\n%s", found)
	}
}
