// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// TestFailing starts a gateway anew with manifests in which something is wrong: it takes requests, shows errors as Envoy makes them,
// and the status of the policies, or the log, says what is wrong.
func TestFailing(t *testing.T) {
	img := deploytest.Publish(t)
	closed := "127.0.0.1:" + envoytest.FreePort(t)
	for _, tc := range []struct {
		name   string
		flags  []string
		change func(policy string) string
		// says is what the log of Envoy Gateway, which has all statuses, or that of Envoy says.
		says string
	}{
		{"another digest", []string{"--image", img.URL(), "--sha256", strings.Repeat("0", 64)}, nil, "which does not match: " + strings.Repeat("0", 64)},
		{"no registry", []string{"--image", "oci://" + closed + "/gateway-responses:1.0.0"}, nil, "could not fetch manifest"},
		{"no such file", []string{"--image", "http://" + closed + "/plugin.wasm"}, nil, "connection refused"},
		{
			"a bad document", img.Flags(), func(policy string) string {
				return strings.Replace(policy, `"gatewayResponses"`, `"gatewayResponse"`, 1)
			},
			`unknown key "gatewayResponse"; did you mean "gatewayResponses"?`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			made := emitted(t, tc.flags...)
			policy := made["EnvoyExtensionPolicy"]
			if tc.change != nil {
				if policy = tc.change(policy); policy == made["EnvoyExtensionPolicy"] {
					t.Fatal("the policy has not changed")
				}
			}
			g := start(t, policy, made["EnvoyPatchPolicy"], onHost(t, made["EnvoyProxy"]))
			if r := g.get(t, "/private", good); r.Status != http.StatusOK {
				t.Errorf("a good request: %d %s", r.Status, r.Body)
			}
			checkSeen(t, g.get(t, "/private", bad), "a token that is not good", 401, false)
			checkSeen(t, g.get(t, "/nowhere", nil), "no route", 404, false)
			envoytest.Eventually(t, "somebody says what is wrong", func() bool { return strings.Contains(g.log.String(), tc.says) })
			if tc.change != nil {
				if n := g.stat(t, "wasmcustom.gateway_responses.config_invalid"); n < 1 {
					t.Errorf("gateway_responses.config_invalid is %d", n)
				}
				return
			}
			if n := g.stat(t, "wasm.envoy.wasm.runtime.v8.active"); n != 0 {
				t.Errorf("%d VMs run", n)
			}
			envoytest.Eventually(t, "the patch has nothing to switch on", func() bool { return strings.Contains(g.log.String(), "No jsonPointers were found") })
		})
	}
}
