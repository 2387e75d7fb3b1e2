// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// grpcWebFilter translates gRPC-Web, to stand behind ours.
const grpcWebFilter = `- name: envoy.filters.http.grpc_web
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.grpc_web.v3.GrpcWeb
`

// TestGRPCWeb sends gRPC-Web through Envoy's grpc_web filter: what its clients read is changed, and who may read it.
func TestGRPCWeb(t *testing.T) {
	const entries = `"cors": {"allowOrigins": ["https://app.example.com"]}, "gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404}}`
	p := envoytest.Start(t, envoyrun.Settings{Behind: grpcWebFilter, Listeners: []envoyrun.Listener{
		envoytest.Listener(t, "web", `{`+entries+`, "grpc": {"statuses": {"ACCESS_DENIED": 5}, "message": "no"}}`),
		envoytest.Listener(t, "without", `{`+entries+`}`),
	}})
	for _, tc := range []struct{ listener, status, message string }{
		{"web", "5", "no"},
		{"without", "7", "RBAC: access denied"},
	} {
		got := envoytest.RawRequest(t, p.Address(t, tc.listener),
			"POST /rbac HTTP/1.1\r\nhost: a\r\norigin: https://app.example.com\r\ncontent-type: application/grpc-web+proto\r\ncontent-length: 0\r\n\r\n")
		status, _ := got.Headers.First("grpc-status")
		message, _ := got.Headers.First("grpc-message")
		media, _ := got.Headers.First("content-type")
		if got.Status != 403 || status != tc.status || message != tc.message || len(got.Body) > 0 || media != "application/grpc-web+proto" {
			t.Errorf("%s: %d %v %q, want 403, grpc-status %s, grpc-message %q", tc.listener, got.Status, got.Headers, got.Body, tc.status, tc.message)
		}
		if reader, _ := got.Headers.First("access-control-allow-origin"); reader != "https://app.example.com" {
			t.Errorf("%s: %v, want a reply that the page can read", tc.listener, got.Headers)
		}
	}
}
