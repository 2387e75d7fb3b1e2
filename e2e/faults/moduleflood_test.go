// SPDX-License-Identifier: Apache-2.0

//go:build module

package faults

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// floodDocument shows the first and the last header of a flood, in replies of Envoy and of the upstream.
const floodDocument = `{"classification": [{"when": {"source": "upstream", "status": ["500"]}, "responseType": "INTEGRATION_FAILURE"}],
	"gatewayResponses": {
		"DEFAULT_4XX": {"statusCode": 418, "responseTemplates": {"application/json": "{\"first\":$method.request.header.x-0,\"last\":$method.request.header.x-last}"}},
		"INTEGRATION_FAILURE": {"statusCode": 418, "responseTemplates": {"application/json": "{\"last\":$method.request.header.x-last}"}}}}`

// flood is a request with lines between two that are shown.
func flood(path string, lines int, value string) string {
	var b strings.Builder
	b.WriteString("GET " + path + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n")
	for i := range lines {
		fmt.Fprintf(&b, "x-%d: %s\r\n", i, value)
	}
	return b.String() + "x-last: end\r\n\r\n"
}

// TestModuleHeaderFloods sends requests with thousands of lines, with empty ones, and with values of many KiB, and has an upstream answer so, all at
// the same time. Each reply shows what the request had; what is too much for Envoy is answered by it, and so by the document.
func TestModuleHeaderFloods(t *testing.T) {
	t.Parallel()
	p := setup{
		listeners: []listener{{name: "gateway", document: floodDocument}},
		upstream: func(w http.ResponseWriter, _ *http.Request) {
			for i := range 4000 {
				w.Header().Set(fmt.Sprintf("x-%d", i), strings.Repeat("v", i%3))
			}
			http.Error(w, "oops", http.StatusInternalServerError)
		},
		args: []string{"--concurrency", "2"},
	}.start(t)
	address, large := p.Address(t, "gateway"), strings.Repeat("v", 64<<10)
	for _, tc := range []struct {
		name, request, want string
	}{
		{"thousands of lines", flood("/denied", 4000, "value"), `418 {"first":"value","last":"end"}`},
		{"thousands without a value", flood("/denied", 5000, ""), `418 {"first":"","last":"end"}`},
		{"a value of 64 KiB", flood("/denied", 1, large), `418 {"first":"` + large + `","last":"end"}`},
		{"both ways", flood("/up", 4000, "value"), `418 {"last":"end"}`},
		{"more than Envoy takes", flood("/denied", 1, strings.Repeat("v", 100<<10)), `418 {"first":null,"last":null}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for range 20 {
				reply := envoytest.RawRequest(t, address, tc.request)
				if got := fmt.Sprintf("%d %s", reply.Status, reply.Body); got != tc.want {
					t.Fatalf("%.200q of %d bytes, want %.200q of %d", got, len(got), tc.want, len(tc.want))
				}
			}
		})
	}
}
