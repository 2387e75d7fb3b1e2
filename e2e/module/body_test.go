// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/facts"
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

// TestQuoteBeforeTrailers quotes bodies that trailers end, in replies that are larger than the listener's buffers. Envoy holds the chunks
// before: it must neither cut the stream nor end when the new body takes their place.
func TestQuoteBeforeTrailers(t *testing.T) {
	bodies := map[string][]string{
		"/short": {"oops", "more"},
		"/one":   {strings.Repeat("o", 10_000)},
		"/long":  {"oops", strings.Repeat("o", 100_000)},
		"/three": {"oops", strings.Repeat("o", 12_000), "end"},
	}
	port := envoytest.UpstreamServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		w.WriteHeader(http.StatusNotFound)
		for _, chunk := range bodies[r.URL.Path] {
			_, _ = w.Write([]byte(chunk))
			_ = http.NewResponseController(w).Flush()
		}
		w.Header().Set("X-Sum", "1")
	}))
	large := strings.Repeat("x", 200_000)
	template := strings.Replace(string(envoytest.WithUpstream(t, port, envoytest.OverHTTP2)),
		"  - name: gateway\n", "  - name: gateway\n    per_connection_buffer_limit_bytes: 8192\n", 1)
	p := envoytest.StartFrom(t, []byte(template), gateway(t, `{
		"gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "${context.envoy.body}`+large+`"}}},
		"classification": [{"when": {"source": "upstream", "status": ["404"]}, "responseType": "RESOURCE_NOT_FOUND"}]
	}`))
	url := "http://" + p.Address(t, "gateway")
	for _, client := range envoytest.Clients {
		for path, chunks := range bodies {
			quoted := strings.Join(chunks, "")
			want := quoted[:min(len(quoted), facts.MaxBody)] + large
			reply := client.Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: path})
			if reply.Status != http.StatusNotFound || string(reply.Body) != want {
				t.Errorf("%s %s: %d with %d bytes that begin with %.20q, want 404 with %d", client.Name, path, reply.Status, len(reply.Body), reply.Body, len(want))
			}
		}
	}
}
