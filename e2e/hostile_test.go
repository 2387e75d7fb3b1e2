// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestHostileRequests sends what tries to break a reply that quotes it. Every body stays JSON and every reply is the
// filter's.
func TestHostileRequests(t *testing.T) {
	p := envoytest.Start(t, envoytest.Gateway(t, `{"stageVariables": {"secret": "S3CR3T"}, "gatewayResponses": {"ACCESS_DENIED": {
		"responseParameters": {"gatewayresponse.header.x-q": "method.request.multivaluequerystring.q", "gatewayresponse.header.x-h": "method.request.header.x-h"},
		"responseTemplates": {"application/json": "{\"q\":\"$method.request.multivaluequerystring.q\",\"h\":$method.request.header.x-h,\"p\":$context.path}"}}}}`))
	address := p.Address(t, "gateway")
	for _, tc := range []struct{ name, query, header string }{
		{"header of 50 KB", "", strings.Repeat("a", 50<<10)},
		{"thousands of query parameters", strings.Repeat("q=%0d%0a&", 5000), "x"},
		{"line ends", "q=%0d%0aset-cookie:%20a=b", "x"},
		{"not UTF-8", "q=%ff%c3%28", "\xff\xc3("},
		{"NUL and DEL", "q=%00%7f", "x"},
		{"quotes and variables", `q=%22%7D$context.status$%7BstageVariables.secret%7D`, `"}${stageVariables.secret}$stageVariables.secret`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			reply := envoytest.RawRequest(t, address, "GET /rbac?"+tc.query+" HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-h: "+tc.header+"\r\n\r\n")
			if reply.Status != 403 || !json.Valid(reply.Body) || strings.Contains(string(reply.Body), "S3CR3T") {
				t.Errorf("status %d, body %.300q", reply.Status, reply.Body)
			}
			if cookies := reply.Headers.Values("set-cookie"); cookies != nil {
				t.Errorf("set-cookie: %q, want none", cookies)
			}
		})
	}
}
