// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
)

// ruled is a document whose rules ask for what only Envoy's own filters can produce.
const ruled = `{
  "classification": [
    {"name": "slow", "when": {"flags": ["UT"]}, "responseType": "THROTTLED", "message": "come again"},
    {"name": "istio", "when": {"filter": ["*.rbac"], "requestHeaders": [{"name": "authorization", "present": false}]}, "responseType": "UNAUTHORIZED"},
    {"name": "challenge", "when": {"responseHeaders": [{"name": "www-authenticate", "glob": "Basic *"}]}, "leave": true},
    {"name": "written", "when": {"details": ["direct_response"]}, "responseType": "RESOURCE_NOT_FOUND"}],
  "gatewayResponses": {"THROTTLED": {"statusCode": 429}, "UNAUTHORIZED": {"statusCode": 401}, "DEFAULT_4XX": {}}}`

// TestRulesOnRealProducers asks rules for flags, owners and headers that Envoy's own filters set.
func TestRulesOnRealProducers(t *testing.T) {
	p := envoytest.Start(t, envoytest.Gateway(t, ruled))
	for _, tc := range []struct {
		name, path string
		headers    http.Header
		status     int
		body, line string
	}{
		{
			name: "flag", path: "/slow", status: 429, body: `{"message":"come again"}`,
			line: "details=response_timeout type=THROTTLED original_status=504 entry=THROTTLED\n",
		},
		{
			name: "owner, and no credential", path: "/rbac", status: 401, body: `{"message":"Unauthorized"}`,
			line: "details=rbac_access_denied_matched_policy[none] type=UNAUTHORIZED original_status=403 entry=UNAUTHORIZED\n",
		},
		{
			name: "a credential", path: "/rbac", headers: http.Header{"Authorization": {"Bearer x"}},
			status: 403, body: `{"message":"User is not authorized to access this resource"}`,
			line: "details=rbac_access_denied_matched_policy[none] type=ACCESS_DENIED original_status=403 entry=DEFAULT_4XX\n",
		},
		{
			name: "header of the reply", path: "/basic", status: 401, body: "User authentication failed. Missing username and password.",
			line: "details=no_credential_for_basic_auth type=- original_status=- entry=-\n",
		},
		{
			name: "direct_response", path: "/direct", status: 410, body: `{"message":"Not Found"}`,
			line: "details=direct_response type=RESOURCE_NOT_FOUND original_status=410 entry=DEFAULT_4XX\n",
		},
		{
			name: "an upstream's own error", path: "/upstream-error", status: 500, body: "{\"error\":\"the upstream's own\"}\n",
			line: "details=via_upstream type=- original_status=- entry=-\n",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			id := envoytest.NewID()
			got := envoytest.Clients[0].Send(t, "http://"+p.Address(t, "gateway"), id, envoytest.Request{Method: http.MethodGet, Path: tc.path, Headers: tc.headers})
			if got.Status != tc.status || string(got.Body) != tc.body {
				t.Errorf("%s: %d %q, want %d %q", tc.path, got.Status, got.Body, tc.status, tc.body)
			}
			line := p.AccessLine(t, id).Text("details", "type", "original_status", "entry")
			if diff := cmp.Diff(tc.line, line); diff != "" {
				t.Errorf("%s: the access log (-want +got):\n%s", tc.path, diff)
			}
		})
	}
	if got := p.Counter(t, "left.rule"); got != 1 {
		t.Errorf("left.rule = %d, want 1", got)
	}
}
