// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/accept"
	"gatewayresponses/internal/facts"
)

// fuzzDocument lets request data into every place that a document can put it.
const fuzzDocument = `{"stageVariables":{"secret":"S3CR3T"},"routes":[{"name":"all","match":{"path":"/{first}/{rest+}"}}],"gatewayResponses":{
	"DEFAULT_4XX":{
		"responseParameters":{"gatewayresponse.header.x-a":"method.request.header.x-evil","gatewayresponse.header.x-b":"method.request.querystring.q",
			"gatewayresponse.header.vary":"method.request.multivalueheader.x-evil"},
		"headers":{"x-c":"<$context.path> $method.request.header.x-evil","x-d":"${context.identity.userAgent|url}"},
		"responseTemplates":{
			"application/json":"{\"a\":\"$method.request.header.x-evil\",\"b\":$method.request.querystring.q,\"c\":$context.envoy.body,\"d\":$context.envoy.responseCodeDetails,\"e\":\"$context.requestTime\",\"f\":\"$context.domainPrefix\",\"g\":\"$method.request.path.rest\",\"h\":$method.request.path.first}",
			"text/html":"<p title='$method.request.header.x-evil'>$context.path $method.request.path.rest $context.envoy.body</p>"}},
	"DEFAULT_5XX":{}}}`

// FuzzDecide holds what is promised about any exchange: a decision is made, the reply is well-formed, and what a
// client sent is never looked at again.
func FuzzDecide(f *testing.F) {
	f.Add("/a?q=1", "plain", "curl", "text/html", "rbac_access_denied_matched_policy[none]", "RBAC: access denied", 403)
	f.Add("/a?q=%0d%0aset-cookie:x", `","x":"`, "$stageVariables.secret", "*/*", "local rate limited", "\xff\x00", 429)
	f.Add("/%22%2c%7d/%3cp%3e/$stageVariables.secret%0a", "", "", "*/*", "", "", 404)
	f.Add("?&&=&q=%zz&q", "${stageVariables.secret}", "</p>", "", "", "", 599)
	program, findings := Load([]byte(fuzzDocument), Everything())
	if program == nil {
		f.Fatalf("the document is refused:\n%s", findings)
	}
	f.Fuzz(func(t *testing.T, path, evil, agent, accept, details, body string, status int) {
		if len(path)+len(evil)+len(agent)+len(body) > 4<<10 || status < 300 || status > 599 {
			t.Skip("outside of what a host can hand over, or too slow to fuzz")
		}
		decision := program.Decide(&facts.Facts{
			Request: facts.Request{Headers: facts.Headers{
				{Name: ":path", Value: path},
				{Name: ":authority", Value: agent},
				{Name: "x-evil", Value: evil},
				{Name: "user-agent", Value: agent},
				{Name: "accept", Value: accept},
			}},
			Reply: facts.Reply{Status: status, Details: details, HasBody: true, Body: []byte(body)},
		})
		if (decision.Reply == nil) == (decision.Trace.Left == "") {
			t.Fatalf("a reply and a reason to leave go together: %+v", decision)
		}
		if left := program.Wants(status, details).Left; left != "" && left != decision.Trace.Left {
			t.Errorf("left for status and details because of %s, for all facts because of %q", left, decision.Trace.Left)
		}
		if decision.Reply != nil {
			checkReply(t, decision)
		}
	})
}

// checkReply holds what is true of every reply.
func checkReply(t *testing.T, decision Decision) {
	t.Helper()
	media, _ := decision.Headers.Set.First(contentType)
	if media != accept.JSON && media != "text/html" {
		t.Errorf("content-type %q is none of ours", media)
	}
	if media == accept.JSON && !jsontext.Value(decision.Reply.Body).IsValid() {
		t.Errorf("the body is not JSON: %q", decision.Reply.Body)
	}
	if strings.Contains(string(decision.Reply.Body), "S3CR3T") {
		t.Errorf("a value was looked at again: %q", decision.Reply.Body)
	}
	for _, line := range decision.Headers.Set {
		if !validValue(line.Value) || strings.Contains(line.Value, "S3CR3T") {
			t.Errorf("header %s: %q", line.Name, line.Value)
		}
	}
}
