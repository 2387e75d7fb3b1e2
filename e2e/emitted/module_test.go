// SPDX-License-Identifier: Apache-2.0

//go:build module

package emitted

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/emit/envoy"
)

// moduleOptions are those of an Envoy with the dynamic module, which it finds in dist.
func moduleOptions(t *testing.T, document string) envoy.Options {
	t.Helper()
	folder, err := filepath.Abs("../../dist")
	if err == nil {
		_, err = os.Stat(filepath.Join(folder, "lib"+envoy.ModuleName+".so"))
	}
	if err != nil {
		t.Fatalf("%v; run make module", err)
	}
	t.Setenv(envoy.SearchPathVariable, folder)
	o := options(document)
	o.Wasm, o.Module = "", true
	return o
}

// TestModuleValidate: Envoy takes what is emitted for each sample, and no document that the module cannot run.
func TestModuleValidate(t *testing.T) {
	validateSamples(t, moduleOptions)
	t.Run("a bad document", func(t *testing.T) {
		if log, err := validate(t, whole(t, moduleOptions(t, `{"mode": "on"}`))); err == nil || !strings.Contains(log, `mode (line 2, column 11): "on"`) {
			t.Errorf("want a refusal with the finding, got %v\n%s", err, log)
		}
	})
}

// TestModuleReplies: an Envoy with the whole configuration answers as the document says, also what it answers before the filters, and
// without any mapper; and Prometheus has the counters under the names that they have with the wasm filter.
func TestModuleReplies(t *testing.T) {
	const document = `{"gatewayResponses": {
		"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "nothing here"}},
		"DEFAULT_4XX": {"responseTemplates": {"text/plain": "no, $context.status, $context.envoy.responseCodeDetails"}},
		"INTEGRATION_FAILURE": {"statusCode": 504, "responseTemplates": {"text/plain": "broken"}}}}`
	o := moduleOptions(t, document)
	o.Prefix = "/api/"
	p := envoytest.StartConfig(t, whole(t, o))
	address := p.Address(t, "gateway")
	for _, tc := range []struct {
		request, body string
		status        int
	}{
		{"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "nothing here", http.StatusNotFound},
		{"GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n", "broken", http.StatusGatewayTimeout},
		{"GET / HTTP/1.1\r\n\r\n", "no, 400, missing_host_header", http.StatusBadRequest},
		{"GET / HTTP/1.0\r\n\r\n", "no, 426, low_version", http.StatusUpgradeRequired},
		{"GET / HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("a", 100_000) + "\r\n\r\n", "no, 431, http1.headers_too_large", http.StatusRequestHeaderFieldsTooLarge},
		{"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "no, 400, http.invalid_authority", http.StatusBadRequest},
		{"BAD\r\n\r\n", "no, 400, http1.codec_error", http.StatusBadRequest},
		{"GET * HTTP/1.1\r\nHost: a\r\n\r\n", "no, 400, http1.invalid_url", http.StatusBadRequest},
	} {
		if got := envoytest.RawRequest(t, address, tc.request); got.Status != tc.status || string(got.Body) != tc.body {
			t.Errorf("%.40q: %d %q, want %d %q", tc.request, got.Status, got.Body, tc.status, tc.body)
		}
	}
	stats, err := p.Envoy.Ask("/stats/prometheus")
	if err != nil {
		t.Fatal(err)
	}
	const counter = "\ngateway_responses{gateway_response_type=\"RESOURCE_NOT_FOUND\",gateway_response_status=\"404\"} 1\n"
	if !strings.Contains(string(stats), counter) {
		t.Errorf("Prometheus does not have%s", counter)
	}
}

// TestModuleRoutes: what is emitted for routes of Envoy has their requests answered as the routes of the document say.
func TestModuleRoutes(t *testing.T) {
	const document = `{"gatewayResponses": {"RESOURCE_NOT_FOUND": {}, "INTEGRATION_FAILURE": {"responseTemplates": {"text/plain": "ours"}}},
		"routes": [{"name": "partner", "gatewayResponses": {"INTEGRATION_FAILURE": {"responseTemplates": {"text/plain": "the partner's"}}}}]}`
	o := moduleOptions(t, document)
	o.NamedRoutes = []string{"partner"}
	files, err := envoy.Files(o)
	if err != nil {
		t.Fatal(err)
	}
	var routes string
	for _, f := range files {
		if f.Name == envoy.PerRouteFile {
			routes = string(f.Text)
		}
	}
	const route = "                route: {cluster: upstream}\n"
	config := strings.Replace(string(whole(t, o)), route, route+"                "+strings.ReplaceAll(strings.TrimSpace(routes), "\n", "\n                ")+"\n", 1)
	p := envoytest.StartConfig(t, []byte(config))
	if got := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n"); string(got.Body) != "the partner's" {
		t.Errorf("the route answers %q", got.Body)
	}
}
