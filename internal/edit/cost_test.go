// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"testing"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// costReplies are error replies from frugal to greedy, with a document each, and how many allocations it takes at most to decide
// on one and to list its edits.
var costReplies = []struct {
	name, document string
	facts          facts.Facts
	allocations    float64
}{
	{"smallest", `{"gatewayResponses": {"DEFAULT_4XX": {}}}`, deniedFacts(), 7},
	{"four variables", `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"application/json":
		"{\"message\":$context.error.messageString,\"type\":\"$context.error.responseType\",\"path\":\"$context.path\",\"id\":\"$context.requestId\"}"}}}}`, deniedFacts(), 8},
	{"emulate aws", `{"emulate": "aws"}`, deniedFacts(), 5},
	{"rich", richDocument, deniedFacts(), 15},
}

// richDocument uses most of what a document can: routes, rules, a choice of templates, headers and CORS.
const richDocument = `{
	"api": {"id": "petstore", "stage": "prod"}, "stageVariables": {"docs": "https://docs.example.com"},
	"routes": [{"name": "pets", "match": {"hosts": ["*.example.com"], "path": "/pets/{petId}"}, "api": {"id": "pets"}}],
	"classification": [{"name": "no token", "when": {"details": ["rbac_*"], "requestHeaders": [{"name": "authorization", "present": false}]}, "responseType": "UNAUTHORIZED"}],
	"cors": {"allowOrigins": ["https://app.example.com"], "allowCredentials": true, "exposeHeaders": ["x-request-id"]},
	"gatewayResponses": {"UNAUTHORIZED": {"statusCode": 401,
		"responseParameters": {"gatewayresponse.header.WWW-Authenticate": "'Bearer'", "gatewayresponse.header.X-Request-Id": "context.requestId"},
		"headers": {"Link": "<$stageVariables.docs/errors>; rel=\"help\"", "Cache-Control": "no-store"},
		"responseTemplates": {
			"application/problem+json": "{\"type\":\"$stageVariables.docs/errors\",\"title\":$context.error.messageString,\"status\":$context.status,\"instance\":\"$context.path\"}",
			"text/html": "<h1>$context.status</h1><p>$context.error.message</p><p>$context.requestId</p>"}}}}`

// deniedFacts are those of a request that RBAC denied.
func deniedFacts() facts.Facts {
	return facts.Facts{
		Request: facts.Request{Headers: facts.Headers{
			{Name: ":method", Value: "GET"},
			{Name: ":authority", Value: "api.example.com"},
			{Name: ":path", Value: "/pets/7?limit=5"},
			{Name: "accept", Value: "text/html, application/problem+json;q=0.9"},
			{Name: "origin", Value: "https://app.example.com"},
			{Name: "x-request-id", Value: "0b0b3a31-0f9c-4a9d-9f5c-0a6c6f4f3a11"},
		}},
		Reply: facts.Reply{
			Status: 403, Details: "rbac_access_denied_matched_policy[none]", HasBody: true,
			Headers: facts.Headers{
				{Name: ":status", Value: "403"},
				{Name: "content-length", Value: "19"},
				{Name: "content-type", Value: "text/plain"},
				{Name: "date", Value: "Thu, 27 Nov 2026 10:00:00 GMT"},
				{Name: "server", Value: "envoy"},
			},
		},
	}
}

// loadForCost compiles a document for a host that can tell everything.
func loadForCost(tb testing.TB, document string) *engine.Program {
	tb.Helper()
	program, findings := engine.Load([]byte(document), engine.Everything())
	if program == nil {
		tb.Fatal(findings)
	}
	return program
}

// anyHeaders says that headers can be written at once.
func anyHeaders(facts.Headers) bool { return true }

// envoy is a host as the filter is in.
var envoy = Host{Sets: anyHeaders}

// TestAllocations holds what a reply that is replaced may allocate, from its facts to the edits of its headers.
func TestAllocations(t *testing.T) {
	for _, tc := range costReplies {
		t.Run(tc.name, func(t *testing.T) {
			program := loadForCost(t, tc.document)
			got := testing.AllocsPerRun(100, func() { Replace(&tc.facts, program.Decide(&tc.facts), false, envoy) })
			if got > tc.allocations {
				t.Errorf("allocations for one reply = %v, want at most %v", got, tc.allocations)
			}
		})
	}
}

// BenchmarkReply decides on a reply, and lists its edits as well.
func BenchmarkReply(b *testing.B) {
	for _, bc := range costReplies {
		program := loadForCost(b, bc.document)
		b.Run("decide/"+bc.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				program.Decide(&bc.facts)
			}
		})
		b.Run("edits/"+bc.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Replace(&bc.facts, program.Decide(&bc.facts), false, envoy)
			}
		})
	}
}
