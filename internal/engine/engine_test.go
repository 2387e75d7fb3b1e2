// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// load compiles a document that must be good.
func load(t *testing.T, text string) *Program {
	t.Helper()
	program, findings := Load([]byte(text), Everything())
	if program == nil {
		t.Fatalf("Load(%s):\n%s", text, findings)
	}
	return program
}

func TestBuiltInReplies(t *testing.T) {
	// The bytes are those of aws/semantics, recorded or documented; lengths were captured on the wire.
	for _, tc := range []struct {
		responseType config.ResponseType
		errorType    string
		want         string
	}{
		{config.AccessDenied, "AccessDeniedException", `{"Message":"User is not authorized to access this resource"}`},
		{config.APIConfigurationError, "InternalServerErrorException", `{"message": "Internal server error"}`},
		{config.AuthorizerConfigurationError, "AuthorizerConfigurationException", `{"message":null}`},
		{config.AuthorizerFailure, "AuthorizerFailureException", `{"message":null}`},
		{config.BadRequestBody, "BadRequestException", `{"message": "Invalid request body"}`},
		{config.BadRequestParameters, "BadRequestException", `{"message": "Bad Request"}`},
		{config.Default4XX, "BadRequestException", `{"message":"Bad Request"}`},
		{config.Default5XX, "InternalServerErrorException", `{"message": "Internal server error"}`},
		{config.ExpiredToken, "ExpiredTokenException", `{"message":"The security token included in the request is expired"}`},
		{config.IntegrationFailure, "InternalServerErrorException", `{"message": "Network error communicating with endpoint"}`},
		{config.IntegrationTimeout, "InternalServerErrorException", `{"message": "Endpoint request timed out"}`},
		{config.InvalidAPIKey, "ForbiddenException", `{"message":"Forbidden"}`},
		{config.InvalidSignature, "InvalidSignatureException", `{"message":"The request signature we calculated does not match the signature you provided."}`},
		{config.MissingAuthenticationToken, "MissingAuthenticationTokenException", `{"message":"Missing Authentication Token"}`},
		{config.QuotaExceeded, "LimitExceededException", `{"message":"Limit Exceeded"}`},
		{config.RequestTooLarge, "RequestTooLargeException", `{"message":"Content Too Large"}`},
		{config.ResourceNotFound, "NotFoundException", `{"message":"Not Found"}`},
		{config.Throttled, "TooManyRequestsException", `{"message":"Too Many Requests"}`},
		{config.Unauthorized, "UnauthorizedException", `{"message":"Unauthorized"}`},
		{config.UnsupportedMediaType, "BadRequestException", `{"message":"Unsupported Media Type"}`},
		{config.WAFFiltered, "ForbiddenException", `{"message":"Forbidden"}`},
	} {
		t.Run(string(tc.responseType), func(t *testing.T) {
			program := load(t, `{"emulate":"aws"}`)
			status := tc.responseType.DefaultStatus()
			if status == 0 {
				status = 400
			}
			message, ok := program.message(tc.responseType, status)
			w := wordingOf(tc.responseType)
			if got := string(builtInBody(w, message, ok)); got != tc.want {
				t.Errorf("built-in body of %s = %s, want %s", tc.responseType, got, tc.want)
			}
			if w.errorType != tc.errorType {
				t.Errorf("x-amzn-ErrorType of %s = %q, want %q", tc.responseType, w.errorType, tc.errorType)
			}
		})
	}
	if got, want := len(wordings), len(config.ResponseTypes()); got != want {
		t.Errorf("%d types are worded, want %d", got, want)
	}
}

func TestNeeds(t *testing.T) {
	for _, tc := range []struct {
		name, document string
		want           askedFor
	}{
		{"nothing", `{"gatewayResponses":{"THROTTLED":{}}}`, askedFor{}},
		{"off", `{"mode":"off","emulate":"aws"}`, askedFor{Idle: true}},
		{"observe renders nothing", `{"mode":"observe","emulate":"aws"}`, askedFor{}},
		{"aws wants the request id", `{"emulate":"aws"}`, askedFor{RequestHeaders: []string{"x-request-id"}}},
		{
			"two names are read one by one", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/plain":"$context.path $context.httpMethod"}}}}`,
			askedFor{RequestHeaders: []string{":method", ":path"}},
		},
		{
			"three names are one call", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/plain":"$context.path $context.httpMethod $context.requestId"}}}}`,
			askedFor{AllRequestHeaders: true},
		},
		{
			"a header can be repeated", `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":"method.request.header.b"}}}}`,
			askedFor{AllRequestHeaders: true},
		},
		{
			"negotiation reads Accept", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/plain":"","text/html":""}}}}`,
			askedFor{AllRequestHeaders: true},
		},
		{
			"attributes", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/plain":"$context.identity.sourceIp $context.requestTime $context.envoy.body"}}}}`,
			askedFor{Fields: facts.FieldSource | facts.FieldTime | facts.FieldBody},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := asked(load(t, tc.document))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Needs() (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecideIsPure(t *testing.T) {
	program := load(t, `{"emulate":"aws","gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.vary":"''"},
		"responseTemplates":{"text/html":"<p>$context.path","application/json":"{}"}}}}`)
	f := &facts.Facts{
		Request: facts.Request{Headers: facts.Headers{{Name: ":path", Value: "/a?b"}, {Name: "accept", Value: "text/html"}}},
		Reply: facts.Reply{
			Status: 429, Details: "local_rate_limited", HasBody: true,
			Headers: facts.Headers{{Name: ":status", Value: "429"}, {Name: "vary", Value: "x"}},
		},
	}
	first := program.Decide(f)
	second := program.Decide(f)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("two decisions on the same facts differ (-first +second):\n%s", diff)
	}
}
