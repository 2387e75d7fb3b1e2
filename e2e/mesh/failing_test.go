// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// TestFailing starts a gateway anew with manifests in which something is wrong: it gets ready, takes requests, and shows errors as
// Envoy makes them.
func TestFailing(t *testing.T) {
	img := deploytest.Publish(t)
	closed := "127.0.0.1:" + envoytest.FreePort(t)
	for _, file := range []string{"wasmplugin.yaml", "envoyfilter.yaml"} {
		for name, flags := range map[string][]string{
			"another digest": {"--image", img.URL(), "--sha256", strings.Repeat("0", 64)},
			"no registry":    {"--image", "oci://" + closed + "/gateway-responses:1.0.0"},
			"no such file":   {"--image", "http://" + closed + "/plugin.wasm"},
		} {
			t.Run(file+"/"+name, func(t *testing.T) {
				g := start(t, ingressGateway, emitted(t, file, flags...))
				if r := g.get(t, "/pets", good); r.Status != http.StatusOK {
					t.Errorf("a good request: %d %s", r.Status, r.Body)
				}
				checkSeen(t, g.get(t, "/pets", bad), "a token that is not good", false, 401, 401)
			})
		}
		t.Run(file+"/a bad document", func(t *testing.T) {
			manifest := emitted(t, file, "--image", img.URL())
			broken := strings.Replace(manifest, `"gatewayResponses"`, `"gatewayResponse"`, 1)
			if broken == manifest {
				t.Fatal("the manifest holds no document")
			}
			g := start(t, ingressGateway, broken)
			if r := g.get(t, "/pets", good); r.Status != http.StatusOK {
				t.Errorf("a good request: %d %s", r.Status, r.Body)
			}
			checkSeen(t, g.get(t, "/pets", bad), "a token that is not good", false, 401, 401)
			envoytest.Eventually(t, "the filter says what is wrong", func() bool {
				return strings.Contains(g.Log.String(), `unknown key "gatewayResponse"; did you mean "gatewayResponses"?`)
			})
			if n := g.Stat(t, "wasmcustom.gateway_responses.config_invalid"); n < 1 {
				t.Errorf("gateway_responses.config_invalid is %d", n)
			}
		})
	}
}
