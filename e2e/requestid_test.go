// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// TestRequestIDOfTheClient has Envoy make no ids: then the one that a client of AWS sends is the request's, and without
// one there is none.
func TestRequestIDOfTheClient(t *testing.T) {
	const codec = "          codec_type: AUTO"
	settings := envoyrun.Settings{Listeners: []envoyrun.Listener{envoytest.Listener(t, "gateway",
		`{"emulate": "aws", "gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"application/json": "\"$context.requestId\""}}}}`)}}
	p := envoytest.StartFrom(t, []byte(strings.Replace(string(envoytest.Template), codec, "          generate_request_id: false\n"+codec, 1)), settings)
	for header, want := range map[string]string{
		"": "", "x-amzn-requestid: a-1\r\n": "a-1", "X-Amzn-RequestId: a-1\r\nx-request-id: b-2\r\n": "b-2",
	} {
		got := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /rbac HTTP/1.1\r\nhost: a\r\nconnection: close\r\n"+header+"\r\n")
		if id, _ := got.Headers.First("x-amzn-requestid"); id != want || string(got.Body) != `"`+want+`"` {
			t.Errorf("with %q the id is %q in the header and %s in the body, want %q", header, id, got.Body, want)
		}
	}
}
