// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
	"gatewayresponses/internal/version"
)

// loginFilter is oauth2, which sends whoever is not logged in to the login page.
var loginFilter = `- name: login
  typed_config:
    "@type": ` + envoytest.HTTPFilters + `oauth2.v3.OAuth2
    config:
      token_endpoint: {uri: "http://token.invalid/token", cluster: down, timeout: 1s}
      authorization_endpoint: http://login.example.com
      redirect_uri: http://gateway.example.com/callback
      redirect_path_matcher: {path: {exact: /callback}}
      signout_path: {path: {exact: /out}}
      credentials: {client_id: demo, token_secret: {name: secret}, hmac_secret: {name: secret}}
`

// loginDocument answers scripts that are sent to the login page by a 401. oauth2 does not say that the redirect is its own, so
// that the rule by filter never holds.
const loginDocument = `{"revision": 7, "classification": [
	{"name": "owner", "when": {"filter": ["login"], "status": ["302"]}, "responseType": "X_OWNER"},
	{"name": "script", "when": {"details": ["oauth.missing_credentials"], "status": ["302"],
		"requestHeaders": [{"name": "x-requested-with", "equals": "XMLHttpRequest"}]}, "responseType": "X_LOGIN"}],
	"gatewayResponses": {"X_OWNER": {"statusCode": 500}, "X_LOGIN": {"statusCode": 401, "responseTemplates": {"application/json": "{\"login\":true}"}}}}`

// TestLogin has oauth2 send browsers and scripts to the login page: browsers go there, scripts get a 401. The gauges say which
// revision of the document is in force, and which filter.
func TestLogin(t *testing.T) {
	settings := envoyrun.Settings{Listeners: []envoyrun.Listener{envoytest.Listener(t, "gateway", loginDocument)}}
	settings.Listeners[0].Before = loginFilter
	const secret = "static_resources:\n  secrets: [{name: secret, generic_secret: {secret: {inline_string: \"a secret of the test\"}}}]\n"
	p := envoytest.StartFrom(t, []byte(strings.Replace(string(envoytest.Template), "static_resources:\n", secret, 1)), settings)
	for _, tc := range []struct {
		header, body string
		status       int
		redirects    bool
	}{
		{"accept: text/html", "", 302, true},
		{"x-requested-with: XMLHttpRequest", `{"login":true}`, 401, false},
	} {
		got := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /ok HTTP/1.1\r\nhost: gateway.example.com\r\nconnection: close\r\n"+tc.header+"\r\n\r\n")
		location, redirects := got.Headers.First("location")
		if got.Status != tc.status || string(got.Body) != tc.body || redirects != tc.redirects {
			t.Errorf("%s: %d %q, location %q; want %d %q and redirects = %v", tc.header, got.Status, got.Body, location, tc.status, tc.body, tc.redirects)
		}
	}
	for name, want := range map[string]int{
		"X_LOGIN.401": 1, "X_OWNER.500": 0, "left.unnamed": 0, "left.noEntry": 0, envoytest.Revision("gateway"): 7,
	} {
		if got := p.Counter(t, name); got != want {
			t.Errorf("%s = %d, want %d", name, got, want)
		}
	}
	builds := p.Counters(t)
	maps.DeleteFunc(builds, func(name string, _ int) bool { return !strings.HasPrefix(name, "build.") })
	if diff := cmp.Diff(map[string]int{"build." + version.Number: 1}, builds); diff != "" {
		t.Errorf("the gauges of the build (-want +got):\n%s", diff)
	}
}
