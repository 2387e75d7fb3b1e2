// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cluster starts as much of an API server as Helm asks for to render a chart: what kinds there are, and ConfigMaps. It gives the
// flags by which helm finds it.
func cluster(t *testing.T, configMaps map[string]map[string]string) []string {
	t.Helper()
	answers := map[string]any{
		"/version": object{"major": "1", "minor": "34", "gitVersion": "v1.34.0"},
		"/api":     object{"kind": "APIVersions", "versions": []string{"v1"}},
		"/apis": object{"kind": "APIGroupList", "apiVersion": "v1", "groups": []object{{
			"name": "extensions.istio.io", "versions": []object{{"groupVersion": "extensions.istio.io/v1alpha1", "version": "v1alpha1"}},
			"preferredVersion": object{"groupVersion": "extensions.istio.io/v1alpha1", "version": "v1alpha1"},
		}}},
		"/api/v1": object{"kind": "APIResourceList", "groupVersion": "v1", "resources": []object{
			{"name": "configmaps", "singularName": "configmap", "namespaced": true, "kind": "ConfigMap", "verbs": []string{"get", "list"}},
		}},
		"/apis/extensions.istio.io/v1alpha1": object{"kind": "APIResourceList", "groupVersion": "extensions.istio.io/v1alpha1", "resources": []object{
			{"name": "wasmplugins", "singularName": "wasmplugin", "namespaced": true, "kind": "WasmPlugin", "verbs": []string{"get", "create"}},
		}},
	}
	for name, data := range configMaps {
		answers["/api/v1/namespaces/istio-ingress/configmaps/"+name] = object{
			"apiVersion": "v1", "kind": "ConfigMap", "metadata": object{"name": name, "namespace": "istio-ingress"}, "data": data,
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, known := answers[r.URL.Path]
		w.Header().Set("Content-Type", "application/json")
		if !known {
			w.WriteHeader(http.StatusNotFound)
			answer = object{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": http.StatusNotFound, "message": r.URL.Path + " not found"}
		}
		_ = json.NewEncoder(w).Encode(answer) // helm has gone, and the test says so
	}))
	t.Cleanup(server.Close)
	config := `{"apiVersion": "v1", "kind": "Config", "current-context": "test", "clusters": [{"name": "test", "cluster": {"server": "` + server.URL + `"}}],
		"contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}], "users": [{"name": "test", "user": {}}]}`
	return []string{"--dry-run=server", "--disable-openapi-validation", "--kubeconfig", write(t, "kubeconfig", config)}
}

// object is one of JSON.
type object = map[string]any

// TestConfigMap: the document is read from a ConfigMap that is in the cluster, and what is wrong with it is said.
func TestConfigMap(t *testing.T) {
	text, err := os.ReadFile(built(t))
	if err != nil {
		t.Fatal(err)
	}
	flags := cluster(t, map[string]map[string]string{
		"replies": {"gwr.json": string(text), "other.json": `{"mode": "off"}`}, "yaml": {"gwr.json": "mode: off"}, "empty": nil,
	})
	flags = append(flags, "--set", "filter.image="+image)
	for set, want := range map[string]any{
		"document.configMap.name=replies":                                   documentOf(emitted(t, "wasmplugin")),
		"document.configMap.name=replies,document.configMap.key=other.json": object{"mode": "off"},
	} {
		made := only(t, "WasmPlugin", render(t, append(flags, "--set", set)...))
		if diff := cmp.Diff(want, documentOf(made.object)); diff != "" {
			t.Errorf("%s: %s", set, diff)
		}
	}
	for set, want := range map[string]string{
		"document.configMap.name=nowhere":                              `there is no ConfigMap "nowhere" in the namespace "istio-ingress"`,
		"document.configMap.name=replies,document.configMap.key=a":     `the ConfigMap "replies" has no key "a"; it has gwr.json, other.json`,
		"document.configMap.name=empty":                                `the ConfigMap "empty" has no key "gwr.json"; it has none`,
		"document.configMap.name=yaml":                                 `the key "gwr.json" of the ConfigMap "yaml" is no JSON object: invalid character`,
		"document.configMap.name=replies,document.configMap.key=":      "/document/configMap/key",
		"document.configMap.name=replies,document.value.mode=off":      "document.value and document.configMap.name are given; keep one of them",
		"document.configMap.name=replies,document.configMap.file=a.js": "additional properties 'file' not allowed",
	} {
		out, messages, err := run(t, template(append(flags, "--set", set)...)...)
		if err == nil || !strings.Contains(messages, want) {
			t.Errorf("%s: %v, it says\n%s\nand not %q\n%s", set, err, messages, want, out)
		}
	}
}
