// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gatewayresponses/config"
	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/facts"
)

// answerCase is what a client sees in a case. The host's part for gRPC is to look behind status 200, if that is asked for.
func answerCase(program *Program, c cases.Case) (int, facts.Headers, []byte, cases.Trace) {
	f := c.Facts
	if c.Code < 400 || !program.Needs().GRPC {
		return answer(program, f)
	}
	f.Reply.Status = c.Code
	decision := program.Decide(&f)
	headers := f.Reply.Headers
	if decision.Reply != nil {
		headers = merge(headers, decision.Headers)
	}
	return c.Facts.Reply.Status, headers, c.Facts.Reply.Body, traceOf(decision.Trace)
}

// denied is a denial of RBAC to a gRPC request.
func denied(message string) *facts.Facts {
	return &facts.Facts{Reply: facts.Reply{
		Status: 403, Details: "rbac_access_denied_matched_policy[none]", Owner: "envoy.filters.http.rbac",
		Headers: facts.Headers{
			{Name: ":status", Value: "200"},
			{Name: "content-type", Value: "application/grpc"},
			{Name: "grpc-status", Value: "7"},
			{Name: "grpc-message", Value: message},
		},
	}}
}

// TestGRPCTouchesTwoHeaders holds that nothing but the two headers is changed, and who decides the name that is counted.
func TestGRPCTouchesTwoHeaders(t *testing.T) {
	for _, tc := range []struct {
		name, document string
		want           Reply
		headers        HeaderChanges
	}{
		{
			"status and message",
			`{"grpc": {"statuses": {"ACCESS_DENIED": 16}, "message": "no"}}`,
			Reply{Status: 403, GRPC: "UNAUTHENTICATED"},
			HeaderChanges{Set: facts.Headers{{Name: "grpc-status", Value: "16"}, {Name: "grpc-message", Value: "no"}}},
		},
		{
			"status",
			`{"emulate": "aws", "gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404}}, "grpc": {"statuses": {"DEFAULT_4XX": "OK"}}}`,
			Reply{Status: 403, GRPC: "OK"},
			HeaderChanges{Set: facts.Headers{{Name: "grpc-status", Value: "0"}}},
		},
		{
			"message",
			`{"grpc": {"message": "no"}}`,
			Reply{Status: 403, GRPC: "PERMISSION_DENIED"},
			HeaderChanges{Set: facts.Headers{{Name: "grpc-message", Value: "no"}}},
		},
		{
			"message removed",
			`{"grpc": {"message": "$method.request.header.absent"}}`,
			Reply{Status: 403, GRPC: "PERMISSION_DENIED"},
			HeaderChanges{Remove: []string{"grpc-message"}},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program, findings := Load([]byte(tc.document), Everything())
			if program == nil {
				t.Fatalf("the document is refused:\n%s", findings)
			}
			decision := program.Decide(denied("RBAC: access denied"))
			if diff := cmp.Diff(&tc.want, decision.Reply); diff != "" {
				t.Errorf("reply (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.headers, decision.Headers, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("headers (-want +got):\n%s", diff)
			}
		})
	}
}

// TestGRPCMessageTooLong holds that a message that breaks limits of header maps is dropped, and Envoy's kept.
func TestGRPCMessageTooLong(t *testing.T) {
	program, _ := Load([]byte(`{"grpc": {"message": "$context.envoy.body"}}`), Everything())
	decision := program.Decide(denied(strings.Repeat("%C3%A9", config.MaxHeaderValue/6+1)))
	if decision.Reply == nil || len(decision.Headers.Set) > 0 || !slices.Equal(decision.Trace.Dropped, []string{"grpc-message"}) {
		t.Errorf("decision = %+v, want grpc-message dropped and nothing set", decision)
	}
}

// TestGRPCNeeds holds that replies to gRPC requests are looked at only when the document has the key, and is not off.
func TestGRPCNeeds(t *testing.T) {
	for document, want := range map[string]bool{
		`{}`:                              false,
		`{"grpc": {}}`:                    true,
		`{"mode": "observe", "grpc": {}}`: true,
		`{"mode": "off", "grpc": {}}`:     false,
	} {
		program, _ := Load([]byte(document), Everything())
		if got := program.Needs().GRPC; got != want {
			t.Errorf("%s: Needs().GRPC = %v, want %v", document, got, want)
		}
	}
}

// TestGRPCFindings holds that a template of a message is checked like any other.
func TestGRPCFindings(t *testing.T) {
	_, findings := Load([]byte(`{"grpc": {"message": "id $context.requestID"}}`), Everything())
	const want = `grpc.message (line 1, column 26): unknown variable "context.requestID"; did you mean "context.requestId"?`
	if diff := cmp.Diff(want, findings.String()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
