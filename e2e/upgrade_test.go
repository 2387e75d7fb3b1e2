// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"strings"
	"testing"
)

// TestWebSocket asks for an upgrade where RBAC denies it: the client gets the reply that any other request gets, and no
// upgrade.
func TestWebSocket(t *testing.T) {
	p := startConfig(t, withUpgrades(t, string(render(t, gateway(t, `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404}}}`)))))
	mark := len(p.access.String())
	denied := rawRequest(t, p.address(t, "gateway"), "GET /rbac"+handshake)
	if denied.status != 404 || string(denied.body) != `{"message":"User is not authorized to access this resource"}` {
		t.Errorf("status %d, body %q", denied.status, denied.body)
	}
	if upgrade, found := denied.headers.First("upgrade"); found {
		t.Errorf("upgrade: %s in a refusal", upgrade)
	}
	line := parseAccessLine(p.nextAccessLine(t, mark))
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
