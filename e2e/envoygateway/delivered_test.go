// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"fmt"
	"net/http"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
)

// TestDelivered has a gwrd deliver documents to an Envoy that Envoy Gateway configures: a new one is in force at once, and stays so
// without the server; an Envoy that starts then has the document of its manifest.
func TestDelivered(t *testing.T) {
	g := gwrdtest.New(t)
	stop := g.Start(t, "--plugin-file", envoytest.PluginPath)
	made := emitted(t, "--server", g.XDS, "--wasm", envoytest.PluginPath)
	manifests := []string{made["EnvoyPatchPolicy"], onHost(t, made["EnvoyProxy"])}
	t.Run("with the server", func(t *testing.T) {
		running := start(t, manifests...)
		for _, word := range []string{"first", "second"} {
			g.Says(t, word)
			running.awaitUnreached(t, word)
		}
		stop()
		running.awaitUnreached(t, "second")
		checkSeen(t, running.get(t, "/private", bad), "a token that is not good", http.StatusUnauthorized, false)
	})
	t.Run("without the server", func(t *testing.T) {
		fresh := start(t, manifests...)
		fresh.awaitUnreached(t, `{"title": "Not Found", "status": 404}`)
		checkSeen(t, fresh.get(t, "/private", bad), "a token that is not good", http.StatusUnauthorized, true)
		g.Start(t, "--plugin-file", envoytest.PluginPath)
		fresh.awaitUnreached(t, "second")
	})
}

// awaitUnreached waits until Envoy gives a path without a route a reply.
func (g *gateway) awaitUnreached(t *testing.T, want string) {
	t.Helper()
	envoytest.Eventually(t, fmt.Sprintf("the reply to a path without a route is %q", want), func() bool {
		r := g.get(t, "/nowhere", nil)
		return r.Status == http.StatusNotFound && string(r.Body) == want
	})
}
