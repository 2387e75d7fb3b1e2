// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestSmallBuffers quotes a body before trailers in a reply that is larger than the buffers of the listener. A body of that size in the place of
// held chunks ended Envoy.
func TestSmallBuffers(t *testing.T) {
	port := envoytest.UpstreamServer(t, withTrailer(chunks(http.StatusNotFound, "oops")))
	large := strings.Repeat("x", 200_000)
	template := strings.Replace(string(envoytest.WithUpstream(t, port, envoytest.OverHTTP2)),
		"  - name: gateway\n", "  - name: gateway\n    per_connection_buffer_limit_bytes: 8192\n", 1)
	p := envoytest.StartFrom(t, []byte(template), envoytest.Gateway(t, `{
		"classification": [{"when": {"source": "upstream", "status": ["404"]}, "responseType": "RESOURCE_NOT_FOUND"}],
		"gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "${context.envoy.body}`+large+`"}}}
	}`))
	url := "http://" + p.Address(t, "gateway")
	for _, client := range envoytest.Clients {
		reply := client.Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/"})
		if reply.Status != http.StatusNotFound || string(reply.Body) != "oops"+large {
			t.Errorf("%s: %d with %d bytes that begin with %.20q, want 404 with %d", client.Name, reply.Status, len(reply.Body), reply.Body, len("oops"+large))
		}
	}
}
