// SPDX-License-Identifier: Apache-2.0

package boe

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// filterOf is the filter of the extension as boe writes it (WasmFilterGenerator in its cli/internal/envoy/extension.go).
func filterOf(m manifest, config string) string {
	return strings.NewReplacer("NAME", m.Name, "PLUGIN", envoytest.PluginPath, "CONFIG", strconv.Quote(config)).Replace(`- name: NAME
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
    config:
      name: NAME
      root_id: NAME
      vm_config:
        vm_id: NAME
        runtime: envoy.wasm.runtime.v8
        code: {local: {filename: PLUGIN}}
      configuration: {"@type": type.googleapis.com/google.protobuf.StringValue, value: CONFIG}
      failure_policy: FAIL_RELOAD
      allow_on_headers_stop_iteration: true
`)
}

// TestLoad gives an Envoy the extension as boe does, with what each example configures. A request without its role is denied, one without a
// route finds nothing, and what is good passes.
func TestLoad(t *testing.T) {
	wants := map[string][2]string{
		"Like AWS":                  {`{"Message":"User is not authorized to access this resource"}`, `{"message":"Missing Authentication Token"}`},
		"One format for all errors": {`{"title":"User is not authorized to access this resource","status":403}`, `{"title":"Not Found","status":404}`},
		"Look first":                {"RBAC: access denied", "no route"},
	}
	m := readManifest(t)
	for _, e := range m.Examples {
		t.Run(e.Title, func(t *testing.T) {
			want, known := wants[e.Title]
			if !known {
				t.Fatal("nothing is known of its replies")
			}
			p := envoytest.Start(t, envoyrun.Settings{Listeners: []envoyrun.Listener{
				{Name: "gateway", Filter: envoyrun.FilterGiven, Given: filterOf(m, configOf(t, e))},
			}})
			url := "http://" + p.Address(t, "gateway")
			for path, body := range map[string]string{"/rbac": want[0], "/nowhere": want[1], "/ok": "ok\n"} {
				for _, client := range envoytest.Clients {
					reply := client.Send(t, url, envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: path})
					if string(reply.Body) != body {
						t.Errorf("%s %s: %d %s, want %s", client.Name, path, reply.Status, reply.Body, body)
					}
				}
			}
		})
	}
}
