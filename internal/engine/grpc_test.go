// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gatewayresponses/config"
	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/growth"
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

func TestEncodeGRPCMessage(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"printable ASCII", `a Z 0 ~ " \ +`, `a Z 0 ~ " \ +`},
		{"percent", "50% off", "50%25 off"},
		{"line ends and tab", "a\r\n\tb", "a%0D%0A%09b"},
		{"delete", "a\x7fb", "a%7Fb"},
		{"UTF-8", "é€", "%C3%A9%E2%82%AC"},
		{"not UTF-8", "a\xffb\xc3", "a%EF%BF%BDb%EF%BF%BD"},
		{"spaces at the ends", " a b ", "%20a b%20"},
		{"one space", " ", "%20"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := encodeGRPCMessage(tc.text); got != tc.want {
				t.Errorf("encodeGRPCMessage(%q) = %q, want %q", tc.text, got, tc.want)
			}
		})
	}
}

func TestDecodeGRPCMessage(t *testing.T) {
	for _, tc := range []struct{ name, encoded, want string }{
		{"plain", "RBAC: access denied", "RBAC: access denied"},
		{"upper and lower case", "%C3%a9", "é"},
		{"no digits", "100% %zz %4", "100% %zz %4"},
		{"at the end", "a%2", "a%2"},
		{"once only", "%2541", "%41"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := decodeGRPCMessage(tc.encoded); got != tc.want {
				t.Errorf("decodeGRPCMessage(%q) = %q, want %q", tc.encoded, got, tc.want)
			}
		})
	}
}

// FuzzGRPCMessage holds that decoding gives the text back, and that what is sent is a header value that no hop changes.
func FuzzGRPCMessage(f *testing.F) {
	for _, seed := range []string{"", " ", "50% off", "%41", "é\r\nx", "a\xff\xc3", strings.Repeat("\x00", 9)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		encoded := encodeGRPCMessage(text)
		if got, want := decodeGRPCMessage(encoded), strings.ToValidUTF8(text, "\uFFFD"); got != want {
			t.Errorf("encoded as %q and decoded, %q is %q", encoded, want, got)
		}
		if strings.TrimSpace(encoded) != encoded || strings.ContainsFunc(encoded, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q is encoded as %q, which is no clean header value", text, encoded)
		}
	})
}

// FuzzGRPCMessageGrowth holds that the work on a message grows as its length.
func FuzzGRPCMessageGrowth(f *testing.F) {
	f.Add("%")
	f.Add("%41")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, fragment string) {
		if len(fragment) > growth.MaxFragment {
			return
		}
		growth.Check(t, "writing and reading "+strconv.Quote(fragment), func(size int) func() {
			text := growth.Repeat("", fragment, "", size)
			return func() { decodeGRPCMessage(text); encodeGRPCMessage(text) }
		})
	})
}
