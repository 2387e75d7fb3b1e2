// SPDX-License-Identifier: Apache-2.0

package formats

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/growth"
)

// TestGrowth imports sources of one shape, repeated; none may take longer than its size asks for. A % is a number of its own.
func TestGrowth(t *testing.T) {
	const extension = `"x-amazon-apigateway-gateway-responses": {`
	for _, tc := range []struct{ name, head, fragment, tail string }{
		{"entries", `{"openapi": "3", ` + extension, `"T%": {"statusCode": 1},`, `"U": {}}}`},
		{"entries of one type", `{"openapi": "3", ` + extension, `"THROTTLED": {},`, `"U": {}}}`},
		{"headers", `{"openapi": "3", ` + extension + `"THROTTLED": {"responseParameters": {`, `"gatewayresponse.header.a%": "x",`, `"b": 1}}}}`},
		{"templates", `{"openapi": "3", ` + extension + `"THROTTLED": {"responseTemplates": {`, `"a/b%": "$context.x%",`, `"b": 1}}}}`},
		{"a long template", `{"openapi": "3", ` + extension + `"THROTTLED": {"responseTemplates": {"text/html": "`, `<p>$context.a${`, `"}}}}`},
		{"operations", `{"openapi": "3", "security": [{"a": []}], "paths": {`, `"/%": {"get": {"$ref": "#/paths", "x-amazon-apigateway-integration": {"type": "http"}}},`, `"/": {}}}`},
		{"schemes", `{"openapi": "3", "paths": {"/": {"get": {"security": [`, `{"s%": []},`, `{}]}}}, "securityDefinitions": {"s": {}}}`},
		{"resources", `{"Resources": {`, `"r%": {"Type": "AWS::ApiGateway::GatewayResponse", "Properties": {"ResponseType": "T%", "RestApiId": {"Ref": "a%"}}},`, `"x": {"Type": "x"}}}`},
		{"stages", `{"Resources": {`, `"r%": {"Type": "AWS::ApiGateway::Stage", "Properties": {"StageName": "s%", "RestApiId": "a", "Variables": {"v%": "x"}}},`, `"x": {"Type": "x"}}}`},
		{"hosts", `{"Resources": {`, `"r%": {"Type": "AWS::ApiGateway::BasePathMapping", "Properties": {"RestApiId": "a", "DomainName": "a%.example.com"}},`, `"x": {"Type": "x"}}}`},
		{"conditions", `{"Conditions": {"c": {"Fn::Not": [{"Condition": "c0"}]},`, `"c%": {"Fn::And": [{"Condition": "c+"}, {"Condition": "c+"}]},`, `"d": 1},
			"Resources": {"r": {"Type": "x", "Condition": "c"}}}`},
		{"names in a text", `{"Parameters": {"P": {"Default": "p"}}, "Resources": {"r": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": {"Fn::Sub": "`, `${P}$`, `"}}}}}`},
		{"functions in each other", `{"Resources": {"r": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": {"Fn::Join": ["", [`, `{"Fn::Select": [0, ["x", {"Ref": "AWS::NoValue"}]]},`, `"y"]]}}}}}`},
		{"instances", `{"terraform_version": "1", "resources": [`, `{"type": "aws_api_gateway_gateway_response", "name": "n%", "instances": [{"attributes": {"rest_api_id": "a%", "response_type": "T%"}}]},`, `{}]}`},
		{"items", `{"items": [`, `{"responseType": "T%", "statusCode": 0},`, `{}]}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			growth.Check(t, tc.name, func(size int) func() {
				var b strings.Builder
				b.WriteString(tc.head)
				for i := 0; b.Len() < size; i++ {
					b.WriteString(strings.NewReplacer("%", strconv.Itoa(i), "+", strconv.Itoa(i+1)).Replace(tc.fragment))
				}
				b.WriteString(tc.tail)
				source, ok := sourceOf(b.String())
				if !ok {
					t.Fatal("the source cannot be read")
				}
				format, err := Find("", source)
				if err != nil {
					t.Fatal(err)
				}
				return func() {
					result, err := format.Import(source, convert.Options{})
					if err != nil {
						t.Fatal(err)
					}
					result.Document.Compact()
					result.Document.YAML(result.Comments())
				}
			})
		})
	}
}

// TestOneLine imports a large definition that is one line: no place may cost a look at all of it.
func TestOneLine(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"openapi": "3", "info": {"description": "` + strings.Repeat("x", 8<<20) + `"}, "paths": {`)
	for i := range 5000 {
		b.WriteString(`"/` + strconv.Itoa(i) + `": {"get": {"x-amazon-apigateway-integration": {"type": "http"}}},`)
	}
	b.WriteString(`"/": {}}}`)
	source, ok := sourceOf(b.String())
	if !ok {
		t.Fatal("the source cannot be read")
	}
	growth.Within(t, "one line of 8 MiB", 2*time.Second, func() {
		if _, err := openapi.Format.Import(source, convert.Options{}); err != nil {
			t.Fatal(err)
		}
	})
}
