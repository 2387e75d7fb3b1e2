// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"testing"

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
	p := start(t, envoyrun.Settings{Behind: grpcWebFilter, Listeners: []envoyrun.Listener{
		listener(t, "web", `{`+entries+`, "grpc": {"statuses": {"ACCESS_DENIED": 5}, "message": "no"}}`),
		listener(t, "without", `{`+entries+`}`),
	}})
	for _, tc := range []struct{ listener, status, message string }{
		{"web", "5", "no"},
		{"without", "7", "RBAC: access denied"},
	} {
		got := rawRequest(t, p.address(t, tc.listener),
			"POST /rbac HTTP/1.1\r\nhost: a\r\norigin: https://app.example.com\r\ncontent-type: application/grpc-web+proto\r\ncontent-length: 0\r\n\r\n")
		status, _ := got.headers.First("grpc-status")
		message, _ := got.headers.First("grpc-message")
		media, _ := got.headers.First("content-type")
		if got.status != 403 || status != tc.status || message != tc.message || len(got.body) > 0 || media != "application/grpc-web+proto" {
			t.Errorf("%s: %d %v %q, want 403, grpc-status %s, grpc-message %q", tc.listener, got.status, got.headers, got.body, tc.status, tc.message)
		}
		if reader, _ := got.headers.First("access-control-allow-origin"); reader != "https://app.example.com" {
			t.Errorf("%s: %v, want a reply that the page can read", tc.listener, got.headers)
		}
	}
}
