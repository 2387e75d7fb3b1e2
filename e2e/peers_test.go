// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/envoyrun"
)

// The tests in this file show that defects of other gateways' error replies are not ours.

// TestReplySizes sends bodies from nothing to nearly what a document can hold. Elsewhere a large page turned the status
// into a 200.
func TestReplySizes(t *testing.T) {
	sizes := []int{0, 1, 16<<10 - 1, 16 << 10, 64 << 10, 256 << 10, 900 << 10}
	settings := envoyrun.Settings{}
	for _, size := range sizes {
		document := fmt.Sprintf(`{"gatewayResponses": {"DEFAULT_4XX": {"statusCode": 418, "responseTemplates": {"text/plain": %q}}}}`, strings.Repeat("x", size))
		settings.Listeners = append(settings.Listeners, listener(t, "size-"+strconv.Itoa(size), document))
	}
	p := start(t, settings)
	for _, size := range sizes {
		url := "http://" + p.address(t, "size-"+strconv.Itoa(size))
		for _, client := range clients {
			for _, path := range []string{"/rbac", "/nowhere"} {
				reply := client.send(t, url, newID(), request{method: "GET", path: path})
				if reply.status != 418 || len(reply.body) != size {
					t.Errorf("%s %s: status %d with %d bytes, want 418 with %d", client.name, path, reply.status, len(reply.body), size)
				}
			}
		}
	}
}

// TestLocalReplyConfig runs the filter where local_reply_config formats every reply already. Elsewhere bodies were wrapped
// twice, or cut off.
func TestLocalReplyConfig(t *testing.T) {
	settings := gateway(t, teapot)
	settings.Plugin = pluginPath
	config, err := envoyrun.Render(template, settings)
	if err != nil {
		t.Fatal(err)
	}
	const mappers = "local_reply_config:\n            mappers:"
	if !bytes.Contains(config, []byte(mappers)) {
		t.Fatalf("envoy.yaml has no %q", mappers)
	}
	const formatted = "local_reply_config:\n            body_format: {text_format_source: {inline_string: \"<%LOCAL_REPLY_BODY%>\"}}\n            mappers:"
	p := startConfig(t, bytes.Replace(config, []byte(mappers), []byte(formatted), 1))
	wantTeapot(t, p, "gateway")
	url := "http://" + p.address(t, "gateway")
	if got := string(clients[0].send(t, url, newID(), request{method: "GET", path: "/direct"}).body); got != "<gone, on purpose\n>" {
		t.Errorf("a reply that is left has body %q, want Envoy's formatting untouched", got)
	}
}
