// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"testing"

	"gatewayresponses/internal/facts"
)

func BenchmarkDecide(b *testing.B) {
	denied := facts.Facts{
		Request: facts.Request{Headers: facts.Headers{{Name: ":path", Value: "/pets?q=1"}, {Name: "x-request-id", Value: "r-1"}}},
		Reply: facts.Reply{
			Status: 403, Details: "rbac_access_denied_matched_policy[none]", HasBody: true,
			Headers: facts.Headers{{Name: ":status", Value: "403"}, {Name: "content-type", Value: "text/plain"}},
		},
	}
	upstream := denied
	upstream.Reply.Details = "via_upstream"
	for _, bc := range []struct {
		name, document string
		facts          facts.Facts
	}{
		{"upstream", `{"emulate":"aws"}`, upstream},
		{"noEntry", `{}`, denied},
		{"builtIn", `{"emulate":"aws"}`, denied},
		{"template", `{"gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"application/json":"{\"m\":$context.error.messageString,\"p\":\"$context.path\",\"id\":\"$context.requestId\"}"}}}}`, denied},
	} {
		b.Run(bc.name, func(b *testing.B) {
			program, findings := Load([]byte(bc.document), Everything())
			if program == nil {
				b.Fatal(findings)
			}
			b.ReportAllocs()
			for b.Loop() {
				program.Decide(&bc.facts)
			}
		})
	}
}
