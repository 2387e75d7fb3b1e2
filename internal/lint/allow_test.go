// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAllow allows findings in YAML and JSON.
func TestAllow(t *testing.T) {
	for _, tc := range []struct{ name, document, want string }{
		{"nothing allowed", "gatewayResponses:\n  THROTTLED: {}", "2:3 GWR107\n"},
		{"in the line", "gatewayResponses:\n  THROTTLED: {} # gwr:allow GWR107 clients are ours", ""},
		{"above the line", "gatewayResponses:\n  # gwr:allow GWR107 clients are ours\n  # They wait.\n  THROTTLED: {}", ""},
		{"on a key with members", "gatewayResponses:\n  THROTTLED: # gwr:allow GWR107 clients are ours\n    headers: {a: b}", ""},
		{
			"several codes",
			"gatewayResponses:\n  # gwr:allow GWR107, GWR112: clients are ours\n  DEFAULT_4XX: {statusCode: 200}\n  # gwr:allow GWR112 GWR107 ours\n  THROTTLED: {statusCode: 429}",
			"2:3 GWR119\n4:3 GWR119\n",
		},
		{"another code", "gatewayResponses:\n  THROTTLED: {} # gwr:allow GWR112 clients are ours", "2:3 GWR107\n2:17 GWR119\n"},
		{"another line", "# gwr:allow GWR107 clients are ours\ngatewayResponses:\n\n  THROTTLED: {}", "1:1 GWR119\n4:3 GWR107\n"},
		{"without a reason", "gatewayResponses:\n  THROTTLED: {} # gwr:allow GWR107", "2:3 GWR107\n2:17 GWR118\n"},
		{"without a code", "gatewayResponses:\n  THROTTLED: {} # gwr:allow it", "2:3 GWR107\n2:17 GWR119\n"},
		{"at the end", "gatewayResponses:\n  THROTTLED: {headers: {Retry-After: \"3\"}}\n# gwr:allow GWR107 clients are ours", "3:1 GWR119\n"},
		{"in a text", "gatewayResponses:\n  THROTTLED:\n    responseTemplates:\n      text/plain: |\n        # gwr:allow GWR107 a heading", "2:3 GWR107\n"},
		{"talk of it", "# We never use gwr:allow.\ngatewayResponses:\n  THROTTLED: {}", "3:3 GWR107\n"},
		{"what the engine warns of", "stageVariables:\n  a b: c # gwr:allow GWR036 old", ""},
		{"root", `{"x-gwr-allow":{"GWR107":"ours"},"gatewayResponses":{"THROTTLED":{}}}`, ""},
		{"entry", `{"gatewayResponses":{"THROTTLED":{"x-gwr-allow":{"GWR107":"ours"}}}}`, ""},
		{"other entry", `{"gatewayResponses":{"THROTTLED":{},"QUOTA_EXCEEDED":{"x-gwr-allow":{"GWR107":"ours"},"headers":{"retry-after":"3"}}}}`, "1:22 GWR107\n1:70 GWR119\n"},
		{"route", `{"routes":[{"name":"a","x-gwr-allow":{"GWR107":"ours"},"gatewayResponses":{"THROTTLED":{}}}]}`, ""},
		{"rule", `{"classification":[{"when":{"status":[404]},"leave":true},{"x-gwr-allow":{"GWR102":"for later"},"when":{"status":[404]},"leave":true}]}`, ""},
		{"member without a reason", `{"x-gwr-allow":{"GWR107":""},"gatewayResponses":{"THROTTLED":{}}}`, "1:17 GWR118\n1:50 GWR107\n"},
		{"no text", `{"x-gwr-allow":{"GWR107":true},"gatewayResponses":{"THROTTLED":{}}}`, "1:17 GWR118\n1:52 GWR107\n"},
		{"no object", `{"x-gwr-allow":["GWR107"]}`, "1:2 GWR119\n"},
		{"no code", `{"x-gwr-allow":{"GWR999":"ours","throttled":"ours"}}`, "1:17 GWR119\n1:33 GWR119\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got strings.Builder
			for _, f := range lintOf(t, tc.document) {
				fmt.Fprintf(&got, "%d:%d %s\n", f.Line, f.Column, f.Code)
			}
			if diff := cmp.Diff(tc.want, got.String()); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%v", diff, lintOf(t, tc.document))
			}
		})
	}
}
