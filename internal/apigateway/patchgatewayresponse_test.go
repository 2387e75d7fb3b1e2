// SPDX-License-Identifier: Apache-2.0

package apigateway

import "testing"

func TestPatchGatewayResponse(t *testing.T) {
	const header = "gatewayresponse.header.A"
	before := GatewayResponse{ResponseType: "DEFAULT_4XX", StatusCode: "404", ResponseParameters: Map[string]{header: "'a'"}, ResponseTemplates: Map[string]{"application/json": "{}"}}
	for _, test := range []struct {
		name       string
		operations []PatchOperation
		// want is the value afterwards, or the error.
		want string
	}{
		{
			"several",
			[]PatchOperation{{Op: "replace", Path: "/statusCode", Value: "444"}, {Op: "replace", Path: "/responseParameters/" + header, Value: "'b'"}, {Op: "add", Path: "/responseTemplates/application~1xml", Value: "<a/>"}},
			`{"responseType":"DEFAULT_4XX","statusCode":"444","responseParameters":{"gatewayresponse.header.A":"'b'"},"responseTemplates":{"application/json":"{}","application/xml":"\u003ca/\u003e"},"defaultResponse":false}`,
		},
		{
			"in order",
			[]PatchOperation{{Op: "remove", Path: "/responseParameters/" + header}, {Op: "add", Path: "/responseParameters/" + header, Value: "'c'"}},
			`{"responseType":"DEFAULT_4XX","statusCode":"404","responseParameters":{"gatewayresponse.header.A":"'c'"},"responseTemplates":{"application/json":"{}"},"defaultResponse":false}`,
		},
		{"add status", []PatchOperation{{Op: "add", Path: "/statusCode", Value: "444"}}, "BadRequestException: Invalid patch path /statusCode"},
		{"remove status", []PatchOperation{{Op: "remove", Path: "/statusCode"}}, "BadRequestException: Invalid patch path /statusCode"},
		{"no path", []PatchOperation{{Op: "replace"}}, "BadRequestException: Invalid patch path null"},
		{"unknown path", []PatchOperation{{Op: "replace", Path: "/wrongPath"}}, "BadRequestException: Invalid patch path /wrongPath"},
		{"no key", []PatchOperation{{Op: "add", Path: "/responseTemplates", Value: "x"}}, "BadRequestException: Invalid patch path /responseTemplates"},
		{"slash in key", []PatchOperation{{Op: "add", Path: "/responseTemplates/application/xml", Value: "x"}}, "BadRequestException: Invalid patch path /responseTemplates/application/xml"},
		{"bad escape", []PatchOperation{{Op: "add", Path: "/responseTemplates/a~2b", Value: "x"}}, "BadRequestException: Invalid patch path /responseTemplates/a~2b"},
		{"absent parameter", []PatchOperation{{Op: "replace", Path: "/responseParameters/gatewayresponse.header.B", Value: "'b'"}}, "NotFoundException: Invalid parameter name specified"},
		{"no value of a parameter", []PatchOperation{{Op: "replace", Path: "/responseParameters/" + header}}, "BadRequestException: Invalid null or empty value in responseParameters"},
		{"no value of a template", []PatchOperation{{Op: "add", Path: "/responseTemplates/application~1xml"}}, "BadRequestException: Invalid null or empty value in responseTemplates"},
		{"copy", []PatchOperation{{Op: "copy", Path: "/responseTemplates/a", From: "/responseTemplates/b"}}, "BadRequestException: Invalid patch path /responseTemplates/a"},
		{"status", []PatchOperation{{Op: "replace", Path: "/statusCode", Value: "600"}}, `ValidationException: 1 validation error detected: Value '600' at 'updateGatewayResponseInput.statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\d\d`},
		{"mapping", []PatchOperation{{Op: "add", Path: "/responseParameters/A", Value: "'b'"}}, "BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: A]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			after, err := PatchGatewayResponse(before, test.operations)
			if err != nil {
				checkError(t, err, test.want)
			} else if got := shown(t, after); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if before.ResponseParameters[header] != "'a'" || len(before.ResponseTemplates) != 1 {
				t.Error("the value before has changed")
			}
		})
	}
	after, err := PatchGatewayResponse(Uncustomised("DEFAULT_4XX"), []PatchOperation{{Op: "replace", Path: "/statusCode", Value: "444"}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shown(t, Resolve("DEFAULT_4XX", map[string]GatewayResponse{"DEFAULT_4XX": after})), `{"responseType":"DEFAULT_4XX","statusCode":"444","responseParameters":{},"responseTemplates":{"application/json":"{\"message\":$context.error.messageString}"},"defaultResponse":false}`; got != want {
		t.Errorf("of an uncustomised one\ngot  %s\nwant %s", got, want)
	}
}
