// SPDX-License-Identifier: Apache-2.0

package emitted

import (
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/emit/companion"
)

// TestCompanion: beside the filter, requests that it never sees get what the document says, and replies without a body are rewritten as
// they are without it.
func TestCompanion(t *testing.T) {
	o := options(`{"gatewayResponses": {"DEFAULT_4XX": {"headers": {"X-Kind": "$context.error.responseType"}}, "RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "100% nothing"}}}}`)
	document, _ := config.Decode(o.Document)
	compiled, found := companion.Compile(document)
	if len(found) > 0 {
		t.Fatal(found)
	}
	o.LocalReplyConfig = compiled.YAML()
	p := envoytest.StartConfig(t, whole(t, o))
	address := p.Address(t, "gateway")
	for _, tc := range []struct {
		name, request string
		status        int
		body, kind    string
	}{
		{"no host", "GET / HTTP/1.1\r\n\r\n", 400, `{"message":"Bad Request"}`, "DEFAULT_4XX"},
		{"HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", 426, `{"message":"Upgrade Required"}`, "DEFAULT_4XX"},
		{"headers too large", "GET / HTTP/1.1\r\nHost: a\r\nX-Large: " + strings.Repeat("x", 80<<10) + "\r\n\r\n", 431, `{"message":"Request Header Fields Too Large"}`, "DEFAULT_4XX"},
		{"no HTTP", "GET\r\n\r\n", 400, `{"message":"Bad Request"}`, "DEFAULT_4XX"},
	} {
		got := envoytest.RawRequest(t, address, tc.request)
		kind, _ := got.Headers.First("x-kind")
		if got.Status != tc.status || string(got.Body) != tc.body || kind != tc.kind {
			t.Errorf("%s: %d %q %q, want %d %q %q", tc.name, got.Status, got.Body, kind, tc.status, tc.body, tc.kind)
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		got := envoytest.Clients[0].Send(t, "http://"+address, envoytest.NewID(), envoytest.Request{Method: method, Path: "/"})
		if want := "100% nothing"; got.Status != 404 || method == http.MethodGet && string(got.Body) != want || got.Headers.Get("Content-Length") != "12" {
			t.Errorf("%s: %d %q %v", method, got.Status, got.Body, got.Headers)
		}
	}
}
