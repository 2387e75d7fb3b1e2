// SPDX-License-Identifier: Apache-2.0

//go:build browser

package e2e

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

const (
	// browserTimeout is how long the browser may take to start, run the page and end, on a busy machine.
	browserTimeout = 2 * time.Minute
	// pageTime is for how many milliseconds of its own time the page may run; that time stands while the network is busy.
	pageTime = 20000
)

// TestBrowser has a page in a real browser call an API of another origin through filters in Istio's order: jwt_authn and
// local_ratelimit stand before cors, so that cors never sees the requests that they refuse. The API has a document without
// the block cors, one with it, and one that answers preflights too.
func TestBrowser(t *testing.T) {
	page := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer page.Close()
	const responses = `"gatewayResponses": {"DEFAULT_4XX": {}}`
	const preflight = `, "preflight": {"allowMethods": ["GET"], "allowHeaders": ["authorization"]}`
	block := fmt.Sprintf(`"cors": {"allowOrigins": [%q], "exposeHeaders": ["x-ratelimit-limit"]`, page.URL)
	p := startIstioOrder(t, page.URL,
		envoytest.Listener(t, "without", "{"+responses+"}"),
		envoytest.Listener(t, "errors", "{"+responses+", "+block+"}}"),
		envoytest.Listener(t, "preflights", "{"+responses+", "+block+preflight+"}}"),
	)
	for _, tc := range []struct{ listener, want string }{
		{"without", `
no token: TypeError
bad token: TypeError
good token: TypeError
good token again: TypeError
`},
		{"errors", `
no token: 401 limit null {"message":"Missing Authentication Token"}
bad token: TypeError
good token: TypeError
good token again: TypeError
`},
		{"preflights", `
no token: 401 limit null {"message":"Missing Authentication Token"}
bad token: 401 limit null {"message":"Unauthorized"}
good token: 200 limit null ok
good token again: 429 limit 1 {"message":"Too Many Requests"}
`},
	} {
		t.Run(tc.listener, func(t *testing.T) {
			query := url.Values{"to": {"http://" + p.Address(t, tc.listener)}, "good": {validToken}, "bad": {"nonsense"}}
			got := seenBy(t, page.URL+"/page.html?"+query.Encode())
			if diff := cmp.Diff(strings.TrimPrefix(tc.want, "\n"), got); diff != "" {
				t.Errorf("what the page can read (-want +got):\n%s", diff)
			}
		})
	}
	if !strings.Contains(p.Access.String(), `"response_code":204,"response_code_details":"jwt_authn_access_denied{Jwt_is_missing}"`) {
		t.Errorf("the access log has no preflight whose refusal was answered with a 204:\n%s", p.Access)
	}
}

// validToken is the token that make run prints, valid until 2100.
const validToken = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJkZW1vIiwiZXhwIjo0MTAyNDQ0ODAwfQ." +
	"8V-K-7hO4VVy3exvj1P-_q5RFuZ6stD6abdbMBkMBy_B0Dsb6-P0YlohZ8HDfLVVu5Xzg4xYwWpM_msZ6D5Q6Q"

// corsFilter is Envoy's own filter, which goes behind those that refuse.
const corsFilter = `          - name: envoy.filters.http.cors
            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors}
`

// startIstioOrder runs envoy.yaml with jwt_authn and local_ratelimit on for /ok and cors behind them, which lets pages of
// an origin read replies.
func startIstioOrder(t *testing.T, origin string, listeners ...envoyrun.Listener) *envoytest.Proxy {
	t.Helper()
	config, err := envoyrun.Render(envoytest.Template, envoytest.WithAdapter(envoyrun.Settings{Listeners: listeners}))
	if err != nil {
		t.Fatal(err)
	}
	const buffer = "          - name: envoy.filters.http.buffer\n"
	config = replaceAll(t, config, buffer, corsFilter+buffer)
	const route = "              - match: {path: /ok}\n                route: {cluster: upstream}\n"
	config = replaceAll(t, config, route, route+fmt.Sprintf(`                typed_per_filter_config:
                  envoy.filters.http.jwt_authn: &on
                    "@type": type.googleapis.com/envoy.config.route.v3.FilterConfig
                    config: {}
                  envoy.filters.http.local_ratelimit: *on
                  envoy.filters.http.cors:
                    "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy
                    allow_origin_string_match: [{exact: %q}]
                    allow_methods: GET
                    allow_headers: authorization
`, origin))
	return envoytest.StartConfig(t, config)
}

// replaceAll replaces what must occur in a configuration.
func replaceAll(t *testing.T, config []byte, old, replacement string) []byte {
	t.Helper()
	if !bytes.Contains(config, []byte(old)) {
		t.Fatalf("envoy.yaml has no %q", old)
	}
	return bytes.ReplaceAll(config, []byte(old), []byte(replacement))
}

// seenBy loads a page in Chromium and returns what it has written into its element "seen" in the end.
func seenBy(t *testing.T, address string) string {
	t.Helper()
	dom := load(t, address)
	_, rest, _ := strings.Cut(dom, `<pre id="seen">`)
	seen, _, found := strings.Cut(rest, "</pre>")
	if !found || !strings.Contains(dom, "<title>done</title>") {
		t.Fatalf("the page did not come to its end:\n%s", dom)
	}
	return html.UnescapeString(seen)
}

// load loads a page in Chromium and returns what has become of it in the end.
func load(t *testing.T, address string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), browserTimeout)
	defer cancel()
	profile, err := os.MkdirTemp("", "chromium-")
	if err != nil {
		t.Fatal(err)
	}
	// Helper processes of the browser may write into it until they end, a little later than the browser.
	t.Cleanup(func() { _ = os.RemoveAll(profile) })
	browser := exec.CommandContext(ctx, findBrowser(t),
		"--headless=new", "--dump-dom", fmt.Sprintf("--virtual-time-budget=%d", pageTime), "--user-data-dir="+profile,
		"--no-sandbox", // root in a container has no other way, and the page is ours
		"--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--no-proxy-server",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
		address)
	// A helper process of the browser may hold the output open longer than the browser lives.
	browser.WaitDelay = 5 * time.Second
	var complaints bytes.Buffer
	browser.Stderr = &complaints
	dom, err := browser.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", browser.Path, err, &complaints)
	}
	return string(dom)
}

// findBrowser finds the browser.
func findBrowser(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no chromium on PATH; install it (Debian: apt-get install chromium), or name a Chromium in CHROMIUM")
	return ""
}
