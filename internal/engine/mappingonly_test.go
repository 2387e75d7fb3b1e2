// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMisplaced has templates with a variable that is for mappings only.
func TestMisplaced(t *testing.T) {
	const instead = ` has no effect in a template; "responseParameters" sets headers from those of the original reply`
	for _, tc := range []struct{ name, document, want string }{
		{
			"in a body, beside another error",
			`{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/plain":"$response.header.a $context.nope ${response.header.b}"}}}}`,
			`gatewayResponses.THROTTLED.responseTemplates["text/plain"] (line 1, column 70): "$response.header."` + instead + "\n" +
				`gatewayResponses.THROTTLED.responseTemplates["text/plain"] (line 1, column 89): unknown variable "context.nope"; docs/variables.md lists the names` + "\n" +
				`gatewayResponses.THROTTLED.responseTemplates["text/plain"] (line 1, column 103): "${response.header."` + instead,
		},
		{
			"in a header",
			`{"gatewayResponses":{"THROTTLED":{"headers":{"x-a":"${response.header.a|url}"}}}}`,
			`gatewayResponses.THROTTLED.headers["x-a"] (line 1, column 53): "${response.header."` + instead,
		},
		{
			"in a message for gRPC",
			`{"grpc":{"message":"$response.header.a"}}`,
			`grpc.message (line 1, column 21): "$response.header."` + instead,
		},
		{"without a dollar", `{"gatewayResponses":{"THROTTLED":{"headers":{"x-a":"response.header.a {response.header.b}, $response."}}}}`, ""},
		{"with emulate: aws", `{"emulate":"aws","gatewayResponses":{"THROTTLED":{"headers":{"x-a":"$response.header.a"}}}}`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program, findings := Load([]byte(tc.document), Everything())
			if diff := cmp.Diff(tc.want, findings.String()); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if (program == nil) != (tc.want != "") {
				t.Errorf("refused = %t with findings %q", program == nil, findings)
			}
		})
	}
}
