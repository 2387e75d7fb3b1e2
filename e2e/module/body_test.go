// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"strconv"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestQuote holds that the original body, of Envoy and of an upstream, can be quoted.
func TestQuote(t *testing.T) {
	p, url := start(t, `{
		"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "[${context.envoy.body}]"}},
			"DEFAULT_5XX": {"statusCode": 502, "responseTemplates": {"text/plain": "$context.envoy.originalStatus [${context.envoy.body}]"}}},
		"classification": [{"name": "all", "when": {"source": "upstream", "status": ["5xx"]}, "responseType": "DEFAULT_5XX"}]
	}`)
	for _, client := range envoytest.Clients {
		for path, want := range map[string]string{
			"/rbac": "403 [RBAC: access denied]", "/nowhere": "404 []",
			"/upstream-error": "502 500 [{\"error\":\"the upstream's own\"}\n]",
		} {
			reply := client.Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: path})
			if got := strconv.Itoa(reply.Status) + " " + string(reply.Body); got != want {
				t.Errorf("%s %s: %q, want %q", client.Name, path, got, want)
			}
		}
	}
	if got := p.Stat(t, "dynamicmodulescustom.gateway_responses.left.gateway_response_left.hostError"); got != 0 {
		t.Errorf("%d replies were left because of Envoy", got)
	}
}
