// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
)

// shop is a definition whose extension is written as an export writes it.
const shop = `{
  "openapi": "3.0.1",
  "info": {"title": "shop", "description": "a shop", "version": "1.0.0"},
  "paths": {
    "/pets": {"get": {"responses": {"200": {"description": "pets"}}, "x-amazon-apigateway-integration": {"type": "http", "httpMethod": "GET", "uri": "http://pets.internal/pets", "responses": {"default": {"statusCode": "200"}}, "passthroughBehavior": "when_no_match"}}},
    "/pets/{petId}": {"get": {"parameters": [{"name": "petId", "in": "path", "required": true}]}}
  },
  "x-amazon-apigateway-binary-media-types": ["image/png"],
  "x-amazon-apigateway-gateway-responses": {
    "DEFAULT_4XX": {"responseTemplates": {"application/json": "{\"message\":$context.error.messageString}", "text/html": "<p>$context.error.message</p>"}},
    "THROTTLED": {"statusCode": "430", "responseParameters": {"gatewayresponse.header.Retry-After": "'1'"}}
  }
}`

// extension is the gateway responses of a definition in JSON.
func extension(t *testing.T, text []byte) any {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return root["x-amazon-apigateway-gateway-responses"]
}

// paths are the paths of the resources of an API, with the names of their methods.
func (s *server) paths(t *testing.T, api string) map[string][]string {
	t.Helper()
	list := must(s.GetResources(t.Context(), admin, apigateway.GetResourcesInput{RestAPIID: api, Limit: 500}))(t)
	found := map[string][]string{}
	for _, resource := range list.Items {
		methods := []string{}
		for name := range resource.ResourceMethods {
			methods = append(methods, name)
		}
		found[resource.Path] = methods
	}
	return found
}

// customised are the types that an API customises.
func (s *server) customised(t *testing.T, api string) string {
	t.Helper()
	var types []string
	for _, response := range must(s.GetGatewayResponses(t.Context(), admin, apigateway.GetGatewayResponsesInput{RestAPIID: api}))(t).Items {
		if !response.DefaultResponse {
			types = append(types, response.ResponseType)
		}
	}
	return strings.Join(types, " ")
}

// TestImportExport holds that the extension of a file that was imported and deployed comes out the same, in the same bytes each time.
func TestImportExport(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := must(s.ImportRestAPI(ctx, admin, apigateway.ImportRestAPIInput{Body: []byte(shop), FailOnWarnings: true}))(t)
	if api.Name != "shop" || api.Description != "a shop" || api.Version != "1.0.0" || !cmp.Equal(api.BinaryMediaTypes, []string{"image/png"}) || api.Warnings != nil {
		t.Errorf("ImportRestApi gave %+v", api)
	}
	if diff := cmp.Diff(map[string][]string{"/": {}, "/pets": {"GET"}, "/pets/{petId}": {"GET"}}, s.paths(t, api.ID)); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
	must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api.ID, StageName: new("prod")}))(t)
	// What is changed after the deployment is in no export.
	must(s.DeleteGatewayResponse(ctx, admin, apigateway.DeleteGatewayResponseInput{RestAPIID: api.ID, ResponseType: "THROTTLED"}))(t)
	for _, tt := range []struct {
		name, kind, accept, file string
		parameters               map[string]string
		extension                bool
	}{
		{"oas30", "oas30", "application/json", "oas30_1.0.0.json", map[string]string{"extensions": "apigateway"}, true},
		{"swagger", "swagger", "", "swagger_1.0.0.json", map[string]string{"extensions": "integrations,apigateway"}, true},
		{"integrations alone", "oas30", "application/json", "oas30_1.0.0.json", map[string]string{"extensions": "integrations"}, false},
		{"no extensions", "oas30", "application/json", "oas30_1.0.0.json", nil, false},
	} {
		in := apigateway.GetExportInput{RestAPIID: api.ID, StageName: "prod", ExportType: tt.kind, Accepts: tt.accept, Parameters: tt.parameters}
		out := must(s.GetExport(ctx, admin, in))(t)
		if out.ContentDisposition != `attachment; filename="`+tt.file+`"` {
			t.Errorf("%s: %s", tt.name, out.ContentDisposition)
		}
		var want any
		if tt.extension {
			want = extension(t, []byte(shop))
		}
		if diff := cmp.Diff(want, extension(t, out.Body)); diff != "" {
			t.Errorf("%s (-imported +exported):\n%s", tt.name, diff)
		}
		if again := must(s.GetExport(ctx, admin, in))(t); string(again.Body) != string(out.Body) {
			t.Errorf("%s: another export has other bytes", tt.name)
		}
	}
	yaml := must(s.GetExport(ctx, admin, apigateway.GetExportInput{RestAPIID: api.ID, StageName: "prod", ExportType: "oas30", Accepts: "application/yaml", Parameters: map[string]string{"extensions": "apigateway"}}))(t)
	copied := must(s.ImportRestAPI(ctx, admin, apigateway.ImportRestAPIInput{Body: yaml.Body, FailOnWarnings: true}))(t)
	if got := s.customised(t, copied.ID); got != "DEFAULT_4XX THROTTLED" || !strings.HasSuffix(yaml.ContentDisposition, `.yaml"`) {
		t.Errorf("the YAML export has %s, %s:\n%s", got, yaml.ContentDisposition, yaml.Body)
	}
}

// TestExportRefused holds what is no export.
func TestExportRefused(t *testing.T) {
	s := newServer(t, false)
	api := s.deployed(t)
	good := apigateway.GetExportInput{RestAPIID: api, StageName: "prod", ExportType: "oas30"}
	out := must(s.GetExport(t.Context(), admin, good))(t)
	if out.ContentDisposition != `attachment; filename="oas30_2026-01-02T03:04:05Z.json"` || extension(t, out.Body) != nil {
		t.Errorf("an API without version and responses is exported as %s:\n%s", out.ContentDisposition, out.Body)
	}
	for _, tt := range []struct {
		change        func(*apigateway.GetExportInput)
		kind, message string
	}{
		{func(in *apigateway.GetExportInput) { in.StageName = "dev" }, "NotFoundException", "Invalid stage identifier specified"},
		{func(in *apigateway.GetExportInput) { in.RestAPIID = "a" }, "NotFoundException", "Invalid API identifier specified " + account + ":a"},
		{func(in *apigateway.GetExportInput) { in.ExportType = "raml" }, "BadRequestException", `Invalid export type "raml": it is oas30 or swagger`},
		{func(in *apigateway.GetExportInput) { in.Accepts = "text/html" }, "BadRequestException", `Invalid Accept "text/html" of an export: it is application/json or application/yaml`},
		{func(in *apigateway.GetExportInput) { in.Parameters = map[string]string{"extensions": "x"} }, "BadRequestException", `Invalid value "x" of the parameter extensions: it is apigateway, integrations, authorizers or postman`},
	} {
		in := good
		tt.change(&in)
		_, err := s.GetExport(t.Context(), admin, in)
		wantError(t, err, tt.kind, tt.message)
	}
}

// TestPutRestAPI holds that merge keeps what a definition does not name, and that overwrite removes it.
func TestPutRestAPI(t *testing.T) {
	const next = `{"openapi":"3.0.1","info":{"title":"next","version":"2"},
"paths":{"/pets/{petId}":{"put":{}},"/dogs":{"get":{}}},
"x-amazon-apigateway-binary-media-types":["image/gif"],
"x-amazon-apigateway-gateway-responses":{"THROTTLED":{"statusCode":477},"EXPIRED_TOKEN":{}}}`
	for _, tt := range []struct {
		mode, description, customised string
		types                         []string
		paths                         map[string][]string
	}{
		{
			"merge", "a shop", "DEFAULT_4XX EXPIRED_TOKEN THROTTLED",
			[]string{"image/png", "image/gif"},
			map[string][]string{"/": {}, "/dogs": {"GET"}, "/pets": {"GET"}, "/pets/{petId}": {"GET", "PUT"}},
		},
		{
			"overwrite", "", "EXPIRED_TOKEN THROTTLED",
			[]string{"image/gif"},
			map[string][]string{"/": {}, "/dogs": {"GET"}, "/pets": {}, "/pets/{petId}": {"PUT"}},
		},
	} {
		s := newServer(t, false)
		ctx := t.Context()
		api := must(s.ImportRestAPI(ctx, admin, apigateway.ImportRestAPIInput{Body: []byte(shop)}))(t)
		got := must(s.PutRestAPI(ctx, admin, apigateway.PutRestAPIInput{RestAPIID: api.ID, Mode: tt.mode, Body: []byte(next)}))(t)
		if got.ID != api.ID || got.Name != "next" || got.Version != "2" || got.Description != tt.description || !cmp.Equal(got.BinaryMediaTypes, tt.types) || got.Tags == nil {
			t.Errorf("%s: PutRestApi gave %+v", tt.mode, got)
		}
		if got := s.customised(t, api.ID); !sameWords(got, tt.customised) {
			t.Errorf("%s: %s are customised, want %s", tt.mode, got, tt.customised)
		}
		throttled := must(s.GetGatewayResponse(ctx, admin, apigateway.GetGatewayResponseInput{RestAPIID: api.ID, ResponseType: "THROTTLED"}))(t)
		if throttled.StatusCode != "477" || len(throttled.ResponseParameters) > 0 {
			t.Errorf("%s: THROTTLED is not replaced as a whole: %+v", tt.mode, throttled)
		}
		if diff := cmp.Diff(tt.paths, s.paths(t, api.ID), sorted); diff != "" {
			t.Errorf("%s: resources (-want +got):\n%s", tt.mode, diff)
		}
		// The same once more changes nothing, so it is no change.
		again := must(s.PutRestAPI(ctx, admin, apigateway.PutRestAPIInput{RestAPIID: api.ID, Mode: tt.mode, Body: []byte(next)}))(t)
		if again.ETag != got.ETag {
			t.Errorf("%s: the same definition changed the API from %s to %s", tt.mode, got.ETag, again.ETag)
		}
	}
}

// TestImportRefused holds what is said of a definition that cannot be imported, and that nothing of it stays.
func TestImportRefused(t *testing.T) {
	const head = "openapi: 3.0.1\ninfo: {title: t}\n"
	s := newServer(t, false)
	for _, tt := range []struct {
		name, text string
		strict     bool
		parameters map[string]string
		message    string
	}{
		{"no OpenAPI", "hello", false, nil, `Invalid OpenAPI input. this is no definition of an API: it has neither "openapi" nor "swagger" at its root`},
		{"broken JSON", `{"a":`, false, nil, "Invalid OpenAPI input. definition:1:6: not JSON: the text ends too early"},
		{"a parameter", head, false, map[string]string{"basepath": "x"}, `Invalid value "x" of the parameter basepath: it is ignore, prepend or split`},
		{"warnings", head + "webhooks: {}", true, nil, "Warnings found during import:\n\tdefinition:3:1: \"webhooks\" is dropped: nothing here does what it says"},
		{"two errors", head + "paths: {'/a b': {}, '/{x+}/a': {}}", false, nil, "Errors found during import:\n" +
			"\tUnable to create resource at path '/a b': Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.\n" +
			"\tUnable to create resource at path '/{x+}/a': Cannot create a child of a resource with a greedy path variable: {x+}"},
		{"siblings", head + "paths: {'/{a}': {}, '/{b}/c': {}}", false, nil, "Errors found during import:\n\tUnable to create resource at path '/{b}/c': A sibling ({a}) of this resource already has a variable path part -- only one is allowed"},
		{"an integration", head + "paths: {/a: {get: {x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: x}}}}", false, nil, "Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/a': Invalid HTTP endpoint specified for URI"},
		{
			"protection", head + "securityDefinitions: {k: {type: apiKey, name: x-api-key}}\npaths: {/a: {get: {security: [{k: []}]}}}", false, nil,
			"apiKeyRequired of GET /a has no effect here: nobody asks for an API key; use Envoy's api_key_auth or ext_authz filter. A server that runs with --accept-without-effect stores it all the same.",
		},
	} {
		_, err := s.ImportRestAPI(t.Context(), admin, apigateway.ImportRestAPIInput{Body: []byte(tt.text), FailOnWarnings: tt.strict, Parameters: tt.parameters})
		if err == nil {
			t.Errorf("%s is imported", tt.name)
			continue
		}
		wantError(t, err, "BadRequestException", tt.message)
	}
	if n := s.count(t, "api") + s.count(t, "resource") + s.count(t, "response"); n != 0 {
		t.Errorf("failed imports left %d records", n)
	}
}

// TestImportProtection holds that a server which accepts settings without effect stores them, and lists them with every deployment.
func TestImportProtection(t *testing.T) {
	s := newServer(t, true)
	ctx := t.Context()
	api := must(s.ImportRestAPI(ctx, admin, apigateway.ImportRestAPIInput{Body: []byte(`{"swagger":"2.0","info":{"title":"t"},"securityDefinitions":{"k":{"type":"apiKey","name":"x-api-key"}},
"paths":{"/a":{"get":{"security":[{"k":[]}]},"post":{}}},"x-amazon-apigateway-policy":{"Version":"2012-10-17"}}`)}))(t)
	made := must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api.ID}))(t)
	if want := "API: policy; method GET /a: apiKeyRequired"; made.WithoutEffect != want {
		t.Errorf("the deployment says %q, want %q", made.WithoutEffect, want)
	}
	found := must(s.WithoutEffect(ctx, admin, api.ID))(t)
	if len(found) != 2 || found[0].Place != "API" || found[1].Setting != "apiKeyRequired" || found[1].Meaning == "" {
		t.Errorf("WithoutEffect gave %+v", found)
	}
}

// TestImportOfOthers holds that what AWS's documentation and tools write is imported as it is meant.
func TestImportOfOthers(t *testing.T) {
	const head = `{"openapi":"3.0.1","info":{"title":"t"},"paths":{},"x-amazon-apigateway-gateway-responses":`
	s := newServer(t, false)
	for _, tt := range []struct{ name, text, responseType, want string }{
		{
			"SAM", `{"UNAUTHORIZED":{"responseParameters":{"gatewayresponse.header.WWW-Authenticate":"'Bearer realm=\"admin\"'","gatewayresponse.path.PathKey":"'path-value'","gatewayresponse.querystring.QueryStringKey":"'query-string-value'"},"responseTemplates":{},"statusCode":"401"}}`,
			"UNAUTHORIZED", `{"responseType":"UNAUTHORIZED","statusCode":"401","responseParameters":{"gatewayresponse.header.WWW-Authenticate":"'Bearer realm=\"admin\"'","gatewayresponse.path.PathKey":"'path-value'","gatewayresponse.querystring.QueryStringKey":"'query-string-value'"},"responseTemplates":{"application/json":"{\"message\":$context.error.messageString}"},"defaultResponse":false}`,
		},
		{
			"a dotted header", `{"UNAUTHORIZED":{"statusCode":401,"responseParameters":{"gatewayresponse.header.method.response.header.Access-Control-Allow-Origin":"'*'"}}}`,
			"UNAUTHORIZED", `{"responseType":"UNAUTHORIZED","statusCode":"401","responseParameters":{"gatewayresponse.header.method.response.header.Access-Control-Allow-Origin":"'*'"},"responseTemplates":{"application/json":"{\"message\":$context.error.messageString}"},"defaultResponse":false}`,
		},
		{
			"AWS's guide", `{"INVALID_API_KEY":{"statusCode":"456","responseParameters":{"gatewayresponse.header.api-key":"method.request.header.api-key"},"responseTemplates":{"application/json":"{\"message\": \"Bad api-key\" }"}}}`,
			"INVALID_API_KEY", `{"responseType":"INVALID_API_KEY","statusCode":"456","responseParameters":{"gatewayresponse.header.api-key":"method.request.header.api-key"},"responseTemplates":{"application/json":"{\"message\": \"Bad api-key\" }"},"defaultResponse":false}`,
		},
		{
			"an old spelling", `{"UNSUPPORTED_MEDIA_TYPES":{"statusCode":416}, "DEFAULT_4xx": {}}`,
			"UNSUPPORTED_MEDIA_TYPE", `{"responseType":"UNSUPPORTED_MEDIA_TYPE","statusCode":"416","responseParameters":{},"responseTemplates":{"application/json":"{\"message\":$context.error.messageString}"},"defaultResponse":false}`,
		},
	} {
		api := must(s.ImportRestAPI(t.Context(), admin, apigateway.ImportRestAPIInput{Body: []byte(head + tt.text + "}"), FailOnWarnings: true}))(t)
		response := must(s.GetGatewayResponse(t.Context(), admin, apigateway.GetGatewayResponseInput{RestAPIID: api.ID, ResponseType: tt.responseType}))(t)
		got, err := json.Marshal(response)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}
