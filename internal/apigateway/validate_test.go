// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"errors"
	"testing"
)

// checkError holds type, status and message of an error; want "" is none.
func checkError(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Errorf("unexpected error: %v", err)
		}
		return
	}
	refused, ok := errors.AsType[*Error](err)
	if !ok {
		t.Errorf("got  %v\nwant %s", err, want)
	} else if refused.Error() != want {
		t.Errorf("got  %s\nwant %s", refused, want)
	}
}

func TestValidate(t *testing.T) {
	const (
		enumOfOps   = "failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]"
		enumOfTypes = "failed to satisfy constraint: Member must satisfy enum value set: [REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, DEFAULT_5XX, WAF_FILTERED, QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN]"
		pattern     = `failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\d\d`
	)
	name, empty, x := "api", "", "x"
	negative := -1
	for _, test := range []struct {
		name  string
		input interface{ Validate() error }
		want  string
	}{
		{"unknown type", GetGatewayResponseInput{ResponseType: "FAKE_RESPONSE_TYPE"}, "ValidationException: 1 validation error detected: Value 'FAKE_RESPONSE_TYPE' at 'responseType' " + enumOfTypes},
		{"plural of old documentation", GetGatewayResponseInput{ResponseType: "UNSUPPORTED_MEDIA_TYPES"}, ""},
		{"unknown type and status", PutGatewayResponseInput{ResponseType: "F", StatusCode: &x}, "ValidationException: 2 validation errors detected: Value 'x' at 'putGatewayResponseInput.statusCode' " + pattern + "; Value 'F' at 'responseType' " + enumOfTypes},
		{
			"mappings",
			PutGatewayResponseInput{ResponseType: "UNAUTHORIZED", ResponseParameters: map[string]string{"method.response.header.A": "'*'", "gatewayresponse.header.B": `"*"`, "gatewayresponse.path.C": "context.requestId"}},
			`BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: "*", Invalid mapping expression specified: method.response.header.A]`,
		},
		{
			"one operation",
			UpdateGatewayResponseInput{ResponseType: "DEFAULT_4XX", PatchOperations: []PatchOperation{{Op: "wrong-op", Path: "/statusCode"}}},
			"ValidationException: 1 validation error detected: Value 'wrong-op' at 'updateGatewayResponseInput.patchOperations.1.member.op' " + enumOfOps,
		},
		{
			"operations and status",
			UpdateMethodResponseInput{StatusCode: "wrong", PatchOperations: []PatchOperation{{Op: "add"}, {Op: "wrong_op"}}},
			"ValidationException: 2 validation errors detected: Value 'wrong_op' at 'updateMethodResponseInput.patchOperations.2.member.op' " + enumOfOps + "; Value 'wrong' at 'statusCode' " + pattern,
		},
		{"too many operations", UpdateStageInput{PatchOperations: make([]PatchOperation, 1001)}, "ValidationException: 1 validation error detected: Value '[...]' at 'updateStageInput.patchOperations' failed to satisfy constraint: Member must have length less than or equal to 1000"},
		{"integration type", PutIntegrationInput{Type: &x}, "ValidationException: 1 validation error detected: Value 'x' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]"},
		{"no name", CreateRestAPIInput{}, "ValidationException: 1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null"},
		{
			"endpoint",
			CreateRestAPIInput{Name: &name, Description: &empty, EndpointConfiguration: &EndpointConfiguration{Types: []string{"wrong"}, IPAddressType: "wrong"}},
			"ValidationException: 2 validation errors detected: Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]; Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]",
		},
		{"no endpoint", CreateRestAPIInput{Name: &name, EndpointConfiguration: &EndpointConfiguration{Types: []string{}}}, "BadRequestException: REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."},
		{"two endpoints", CreateRestAPIInput{Name: &name, EndpointConfiguration: &EndpointConfiguration{Types: []string{"EDGE", "REGIONAL"}}}, "BadRequestException: Cannot create an api with multiple Endpoint Types."},
		{"private over IPv4", CreateRestAPIInput{Name: &name, EndpointConfiguration: &EndpointConfiguration{Types: []string{"PRIVATE"}, IPAddressType: "ipv4"}}, "BadRequestException: Only dualstack ipAddressType is supported for Private APIs."},
		{"empty description", CreateRestAPIInput{Name: &name, Description: &empty}, "BadRequestException: Description cannot be an empty string"},
		{"compression", CreateRestAPIInput{Name: &name, MinimumCompressionSize: &negative}, "BadRequestException: Invalid minimum compression size, must be between 0 and 10485760"},
		{"right", CreateRestAPIInput{Name: &name, EndpointConfiguration: &EndpointConfiguration{Types: []string{"REGIONAL"}}}, ""},
		{"stage", CreateStageInput{}, "ValidationException: 2 validation errors detected: Value null at 'createStageInput.stageName' failed to satisfy constraint: Member must not be null; Value null at 'createStageInput.deploymentId' failed to satisfy constraint: Member must not be null"},
		{"no tags to remove", UntagResourceInput{}, "ValidationException: 1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null"},
		{"method", PutMethodInput{HTTPMethod: "get", AuthorizationType: &name}, "BadRequestException: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY"},
		{"mode", PutRestAPIInput{Mode: "x", Body: []byte("{}")}, "ValidationException: 1 validation error detected: Value 'x' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [merge, overwrite]"},
	} {
		t.Run(test.name, func(t *testing.T) { checkError(t, test.input.Validate(), test.want) })
	}
}
