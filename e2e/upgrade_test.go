// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestWebSocket asks for an upgrade where RBAC denies it: the client gets the reply that any other request gets, and no
// upgrade.
func TestWebSocket(t *testing.T) {
	p := envoytest.StartConfig(t, withUpgrades(t, string(envoytest.Render(t, envoytest.Gateway(t, `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404}}}`)))))
	mark := len(p.Access.String())
	denied := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /rbac"+handshake)
	if denied.Status != 404 || string(denied.Body) != `{"message":"User is not authorized to access this resource"}` {
		t.Errorf("status %d, body %q", denied.Status, denied.Body)
	}
	if upgrade, found := denied.Headers.First("upgrade"); found {
		t.Errorf("upgrade: %s in a refusal", upgrade)
	}
	line := envoytest.ParseAccessLine(t, p.NextAccessLine(t, mark))
	if line["details"] != "rbac_access_denied_matched_policy[none]" || line["entry"] != "ACCESS_DENIED" {
		t.Errorf("access log %v", line)
	}
}

// handshake follows the path of a request for an upgrade.
const handshake = " HTTP/1.1\r\nhost: a\r\nconnection: Upgrade\r\nupgrade: websocket\r\n" +
	"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

// withUpgrades is a configuration of Envoy that takes upgrades.
func withUpgrades(t *testing.T, config string) []byte {
	t.Helper()
	const codec = "          codec_type: AUTO"
	if strings.Count(config, codec) != 1 {
		t.Fatalf("envoy.yaml has %q %d times, want once", codec, strings.Count(config, codec))
	}
	return []byte(strings.Replace(config, codec, "          upgrade_configs: [{upgrade_type: websocket}]\n"+codec, 1))
}
