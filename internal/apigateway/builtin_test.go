// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"encoding/json"
	"testing"
)

// shown is a value as the API writes it.
func shown(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestResolve holds which entry AWS shows of a type.
func TestResolve(t *testing.T) {
	family := GatewayResponse{ResponseType: "DEFAULT_5XX", StatusCode: "599", ResponseParameters: Map[string]{"gatewayresponse.header.x": "'1'"}}
	statusless := GatewayResponse{ResponseType: "DEFAULT_4XX", ResponseTemplates: Map[string]{"text/plain": "no"}}
	own := GatewayResponse{ResponseType: "AUTHORIZER_FAILURE", ResponseParameters: Map[string]{"gatewayresponse.header.foo": "'bar'"}}
	customised := map[string]GatewayResponse{"DEFAULT_5XX": family, "DEFAULT_4XX": statusless, "AUTHORIZER_FAILURE": own}
	const template = `{"application/json":"{\"message\":$context.error.messageString}"}`
	for _, test := range []struct {
		name, responseType string
		customised         map[string]GatewayResponse
		want               string
	}{
		{
			"built-in", "MISSING_AUTHENTICATION_TOKEN", nil,
			`{"responseType":"MISSING_AUTHENTICATION_TOKEN","statusCode":"403","responseParameters":{},"responseTemplates":` + template + `,"defaultResponse":true}`,
		},
		{
			"built-in family", "DEFAULT_4XX", nil,
			`{"responseType":"DEFAULT_4XX","responseParameters":{},"responseTemplates":` + template + `,"defaultResponse":true}`,
		},
		{
			"of the family", "INTEGRATION_TIMEOUT", customised,
			`{"responseType":"INTEGRATION_TIMEOUT","statusCode":"599","responseParameters":{"gatewayresponse.header.x":"'1'"},"responseTemplates":` + template + `,"defaultResponse":true}`,
		},
		{
			"of a family without status", "THROTTLED", customised,
			`{"responseType":"THROTTLED","statusCode":"429","responseParameters":{},"responseTemplates":{"text/plain":"no"},"defaultResponse":true}`,
		},
		{
			"own, nothing of the family", "AUTHORIZER_FAILURE", customised,
			`{"responseType":"AUTHORIZER_FAILURE","statusCode":"500","responseParameters":{"gatewayresponse.header.foo":"'bar'"},"responseTemplates":` + template + `,"defaultResponse":false}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := shown(t, Resolve(test.responseType, test.customised)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	if n := len(ResolveAll(customised).Items); n != 21 {
		t.Errorf("%d types", n)
	}
}
