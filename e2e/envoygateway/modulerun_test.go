// SPDX-License-Identifier: Apache-2.0

//go:build module

package envoygateway

import (
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// TestModuleRuns runs a gateway as Envoy Gateway configures it with the dynamic module, which sees all that the wasm filter sees with all of
// the manifests, and a request without a host.
func TestModuleRuns(t *testing.T) {
	overlay := kustomized(t, "overlays/module")
	built := filepath.Join(deploytest.Dist(), "libgatewayresponses.so")
	proxy := strings.Replace(overlay["EnvoyProxy"], "/usr/local/lib/libgatewayresponses.so", built, 1)
	g := start(t, overlay.text("EnvoyExtensionPolicy", "EnvoyPatchPolicy"), onHost(t, proxy))
	envoytest.Eventually(t, "Envoy has the module", func() bool { return strings.Contains(g.ask(t, "/config_dump"), built) })
	g.get(t, "/limited", nil) // takes the one token of the limit
	for _, p := range producers {
		checkSeen(t, g.send(t, p.request), p.name, p.status, p.from <= withPatch)
	}
	r := envoytest.RawRequest(t, g.address, "GET /pets HTTP/1.1\r\nConnection: close\r\n\r\n")
	if r.Status != 400 || !strings.Contains(string(r.Body), `"title": "Bad Request"`) {
		t.Errorf("a request without a host: %d %s", r.Status, r.Body)
	}
}
