// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"slices"
	"strings"
	"testing"
)

// patchTest is one patch of a value: what comes of it as JSON, or the error.
type patchTest struct {
	name       string
	operations []PatchOperation
	want       string
}

// runPatches holds what patches make of a value, and that they leave the value itself alone.
func runPatches[T any](t *testing.T, before T, patch func(T, []PatchOperation) (T, error), tests []patchTest) {
	t.Helper()
	original := shown(t, before)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			after, err := patch(before, test.operations)
			if err != nil {
				checkError(t, err, test.want)
			} else if got := shown(t, after); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if now := shown(t, before); now != original {
				t.Errorf("the value before became %s", now)
			}
		})
	}
}

// op makes an operation: what is done, the path, and the value.
func op(name, path, value string) PatchOperation {
	return PatchOperation{Op: name, Path: path, Value: value}
}

func TestPatchRestAPI(t *testing.T) {
	api := RestAPI{ID: "a", Name: "n", Description: "this is my api", APIKeySource: "HEADER", EndpointConfiguration: &EndpointConfiguration{Types: []string{"EDGE"}, IPAddressType: "ipv4"}}
	const edge = `"apiKeySource":"HEADER","endpointConfiguration":{"types":["EDGE"],"ipAddressType":"ipv4"},`
	with := func(description, middle, endpoint string) string {
		return `{"id":"a","name":"n",` + description + middle + endpoint + `"disableExecuteApiEndpoint":false}`
	}
	const description = `"description":"this is my api",`
	add := []PatchOperation{op("add", "/binaryMediaTypes/image~1png", ""), op("add", "/binaryMediaTypes/image~1jpeg", "")}
	runPatches(t, api, PatchRestAPI, []patchTest{
		{"add", add, with(description, `"binaryMediaTypes":["image/png","image/jpeg"],`, edge)},
		{"replace", append(add, op("replace", "/binaryMediaTypes/image~1png", "image~1gif")), with(description, `"binaryMediaTypes":["image/jpeg","image/gif"],`, edge)},
		{"remove", []PatchOperation{add[1], op("remove", "/binaryMediaTypes/image~1gif", ""), op("remove", "/description", "")}, with("", `"binaryMediaTypes":["image/jpeg"],`, edge)},
		{"a key that looks like an index", []PatchOperation{op("add", "/binaryMediaTypes/-", "")}, with(description, `"binaryMediaTypes":["-"],`, edge)},
		{"no key", []PatchOperation{op("add", "/binaryMediaTypes", "image/png")}, "BadRequestException: Invalid patch path /binaryMediaTypes"},
		{"compression", []PatchOperation{op("replace", "/minimumCompressionSize", "0")}, with(description, `"minimumCompressionSize":0,`, edge)},
		{"compression off", []PatchOperation{op("replace", "/minimumCompressionSize", "10"), op("replace", "/minimumCompressionSize", "")}, with(description, "", edge)},
		{"compression below zero", []PatchOperation{op("replace", "/minimumCompressionSize", "-1")}, "BadRequestException: Invalid minimum compression size, must be between 0 and 10485760"},
		{"compression as a word", []PatchOperation{op("replace", "/minimumCompressionSize", "test")}, "BadRequestException: Invalid minimum compression size, must be between 0 and 10485760"},
		{"compression added", []PatchOperation{op("add", "/minimumCompressionSize", "10")}, "BadRequestException: Invalid patch operation specified. Must be one of: [replace]"},
		{"private", []PatchOperation{op("replace", "/endpointConfiguration/types/EDGE", "PRIVATE")}, with(description, "", `"apiKeySource":"HEADER","endpointConfiguration":{"types":["PRIVATE"],"ipAddressType":"dualstack"},`)},
		{"regional by index", []PatchOperation{op("replace", "/endpointConfiguration/types/0", "REGIONAL")}, with(description, "", `"apiKeySource":"HEADER","endpointConfiguration":{"types":["REGIONAL"],"ipAddressType":"ipv4"},`)},
		{"private over IPv4", []PatchOperation{op("replace", "/endpointConfiguration/types/EDGE", "PRIVATE"), op("replace", "/endpointConfiguration/ipAddressType", "ipv4")}, "BadRequestException: Only dualstack ipAddressType is supported for Private APIs."},
		{"wrong address", []PatchOperation{op("replace", "/endpointConfiguration/ipAddressType", "wrong")}, "BadRequestException: ipAddressType must be either ipv4 or dualstack."},
		{"wrong type", []PatchOperation{op("replace", "/endpointConfiguration/types/EDGE", "wrong")}, "BadRequestException: Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"},
		{"second type", []PatchOperation{op("add", "/endpointConfiguration/types/REGIONAL", "")}, "BadRequestException: Cannot create an api with multiple Endpoint Types."},
		{"no type", []PatchOperation{op("remove", "/endpointConfiguration/types/EDGE", "")}, "BadRequestException: REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."},
	})
}

func TestPatchStage(t *testing.T) {
	stage := Stage{StageName: "dev", DeploymentID: "d1", CacheClusterStatus: "NOT_AVAILABLE", Variables: map[string]string{"testVar": "test", "testVar2": "test2"}}
	const variables = `"variables":{"testVar":"test","testVar2":"test2"},`
	with := func(settings, rest string) string {
		return `{"deploymentId":"d1","stageName":"dev","cacheClusterEnabled":false,"cacheClusterStatus":"NOT_AVAILABLE","methodSettings":{` + settings + `},` + rest + `"tracingEnabled":false}`
	}
	setting := func(burst string) string {
		return `{"metricsEnabled":false,"dataTraceEnabled":false,"throttlingBurstLimit":` + burst + `,"throttlingRateLimit":10000,"cachingEnabled":true,"cacheTtlInSeconds":300,"cacheDataEncrypted":false,"requireAuthorizationForCacheControl":true,"unauthorizedCacheControlHeaderStrategy":"SUCCEED_WITH_RESPONSE_HEADER"}`
	}
	canary := []PatchOperation{op("replace", "/canarySettings/deploymentId", "d2"), op("replace", "/canarySettings/stageVariableOverrides/testVar", "override")}
	copies := []PatchOperation{{Op: "copy", From: "/canarySettings/deploymentId", Path: "/deploymentId"}, {Op: "copy", From: "/canarySettings/stageVariableOverrides", Path: "/variables"}}
	caching := op("replace", "/*/*/caching/enabled", "true")
	runPatches(t, stage, PatchStage, []patchTest{
		{"variable", []PatchOperation{op("replace", "/variables/new", "x"), op("remove", "/variables/testVar", "")}, with("", `"variables":{"new":"x","testVar2":"test2"},`)},
		{"settings of all and of one", []PatchOperation{caching, op("replace", "/*/*/throttling/burstLimit", "123"), op("replace", "/~1test/GET/throttling/burstLimit", "124")}, with(`"*/*":`+setting("123")+`,"test/GET":`+setting("124"), variables)},
		{"resource with its slashes", []PatchOperation{caching, op("replace", "/a/b/GET/throttling/burstLimit", "1")}, with(`"*/*":`+setting("5000")+`,"a/b/GET":`+setting("1"), variables)},
		{"root", []PatchOperation{caching, op("replace", "/~1/GET/throttling/burstLimit", "1")}, with(`"*/*":`+setting("5000")+`,"~1/GET":`+setting("1"), variables)},
		{"settings removed", []PatchOperation{caching, op("remove", "/*/*", "")}, with("", variables)},
		{"nothing to remove", []PatchOperation{op("remove", "/*/*", "")}, "BadRequestException: Cannot remove method setting */* because there is no method setting for this method "},
		{"canary", canary, with("", variables+`"canarySettings":{"percentTraffic":0,"deploymentId":"d2","stageVariableOverrides":{"testVar":"override"},"useStageCache":false},`)},
		{"canary of the same deployment", []PatchOperation{op("replace", "/canarySettings/percentTraffic", "50")}, with("", variables+`"canarySettings":{"percentTraffic":50,"deploymentId":"d1","useStageCache":false},`)},
		{"canary removed", append(canary, op("remove", "/canarySettings", "")), with("", variables)},
		{"promotion", append(canary, copies...), strings.Replace(with("", `"variables":{"testVar":"override","testVar2":"test2"},"canarySettings":{"percentTraffic":0,"deploymentId":"d2","stageVariableOverrides":{"testVar":"override"},"useStageCache":false},`), `"d1"`, `"d2"`, 1)},
		{"promotion of nothing", copies, "BadRequestException: Promotion not available. Canary does not exist."},
		{"copy the other way", []PatchOperation{{Op: "copy", From: "/variables", Path: "/canarySettings/stageVariableOverrides"}}, "BadRequestException: Invalid copy operation with path: /canarySettings/stageVariableOverrides and from /variables. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]"},
		{"add", []PatchOperation{op("add", "/canarySettings/deploymentId", "d2")}, "BadRequestException: Invalid add operation with path: /canarySettings/deploymentId"},
		{"override removed", append(canary, op("remove", "/canarySettings/stageVariableOverrides/testVar", "")), with("", variables+`"canarySettings":{"percentTraffic":0,"deploymentId":"d2","useStageCache":false},`)},
		{"all overrides at once", append(canary, op("remove", "/canarySettings/stageVariableOverrides", "")), "BadRequestException: Cannot remove method setting canarySettings/stageVariableOverrides because there is no method setting for this method "},
		{"no such part of a canary", []PatchOperation{op("remove", "/canarySettings/badPath", "")}, "BadRequestException: Cannot remove method setting canarySettings/badPath because there is no method setting for this method "},
		{"unknown path", []PatchOperation{op("replace", "/tags/tag1", "x")}, "BadRequestException: Invalid method setting path: /tags/tag1. Must be one of: [" + stagePaths + "]"},
	})
}

func TestPatchMethod(t *testing.T) {
	method := Method{HTTPMethod: "ANY", AuthorizationType: "NONE"}
	const parameter, model = "/requestParameters/method.request.querystring.optional", "/requestModels/application~1json"
	add := []PatchOperation{op("add", parameter, "true"), op("add", model, "Empty")}
	replace := slices.Concat(add, []PatchOperation{op("replace", "/apiKeyRequired", "true"), op("replace", "/authorizationType", "AWS_IAM"), op("replace", "/operationName", "R"), op("replace", parameter, "false")})
	const noAuthorizer = "BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer."
	runPatches(t, method, PatchMethod, []patchTest{
		{"add", add, `{"httpMethod":"ANY","authorizationType":"NONE","apiKeyRequired":false,"requestParameters":{"method.request.querystring.optional":true},"requestModels":{"application/json":"Empty"}}`},
		{"replace", replace, `{"httpMethod":"ANY","authorizationType":"AWS_IAM","apiKeyRequired":true,"operationName":"R","requestParameters":{"method.request.querystring.optional":false},"requestModels":{"application/json":"Empty"}}`},
		{"remove", slices.Concat(add, []PatchOperation{op("remove", parameter, ""), op("remove", model, "")}), `{"httpMethod":"ANY","authorizationType":"NONE","apiKeyRequired":false}`},
		{"unsupported operation", []PatchOperation{op("add", "/authorizationType", "AWS_IAM")}, "BadRequestException: Invalid patch operation specified. Must be one of: [replace]"},
		{"unsupported path", []PatchOperation{op("replace", "/httpMethod", "POST")}, "BadRequestException: Invalid patch path /httpMethod"},
		{"no key", []PatchOperation{op("add", "/requestParameters", "x")}, "BadRequestException: Invalid patch path /requestParameters"},
		{"slash in key", []PatchOperation{op("add", "/requestModels/application/json", "Empty")}, "BadRequestException: Invalid patch path /requestModels/application/json"},
		{"what is not true is false", []PatchOperation{op("replace", "/apiKeyRequired", "whatever")}, `{"httpMethod":"ANY","authorizationType":"NONE","apiKeyRequired":false}`},
		{"authorizer of no use", []PatchOperation{op("replace", "/authorizerId", "abc")}, `{"httpMethod":"ANY","authorizationType":"NONE","apiKeyRequired":false}`},
		{"no authorizer", []PatchOperation{op("replace", "/authorizationType", "CUSTOM")}, noAuthorizer},
		{"same name twice", []PatchOperation{op("add", parameter, "true"), op("add", "/requestParameters/method.request.header.optional", "true")}, "BadRequestException: Parameter names must be unique across querystring, header and path"},
	})
	response := MethodResponse{StatusCode: "200", ResponseParameters: map[string]bool{"method.response.header.a": false}, ResponseModels: map[string]string{"application/json": "Empty"}}
	runPatches(t, response, PatchMethodResponse, []patchTest{
		{"response emptied", []PatchOperation{op("remove", "/responseParameters/method.response.header.a", ""), op("remove", "/responseModels/application~1json", "")}, `{"statusCode":"200"}`},
		{"no such parameter", []PatchOperation{op("remove", "/responseParameters/x", "")}, "NotFoundException: Invalid parameter name specified"},
		{"no such model", []PatchOperation{op("replace", "/responseModels/x", "y")}, "NotFoundException: Content-Type specified was not found"},
		{"wrong path", []PatchOperation{op("add", "/wrong/method.response.header.my-header", "true")}, "BadRequestException: Invalid patch path /wrong/method.response.header.my-header"},
	})
	runPatches(t, Resource{ID: "r", ParentID: "p", PathPart: "pets"}, PatchResource, []patchTest{
		{"resource", []PatchOperation{op("replace", "/pathPart", "dogs")}, `{"id":"r","parentId":"p","pathPart":"dogs"}`},
		{"resource, wrong path", []PatchOperation{op("replace", "/invalid", "")}, "BadRequestException: Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"},
		{"resource, wrong operation", []PatchOperation{op("remove", "/pathPart", "")}, "BadRequestException: Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations"},
	})
}

func TestPatchIntegration(t *testing.T) {
	integration := Integration{Type: "HTTP_PROXY", HTTPMethod: "GET", URI: "http://a.example", ConnectionType: "VPC_LINK", ConnectionID: "a", PassthroughBehavior: "WHEN_NO_MATCH", TimeoutInMillis: 29000, CacheNamespace: "n"}
	runPatches(t, integration, PatchIntegration, []patchTest{
		{"link", []PatchOperation{op("replace", "/connectionId", "${stageVariables.b}")}, `{"type":"HTTP_PROXY","httpMethod":"GET","uri":"http://a.example","connectionType":"VPC_LINK","connectionId":"${stageVariables.b}","passthroughBehavior":"WHEN_NO_MATCH","timeoutInMillis":29000,"cacheNamespace":"n","cacheKeyParameters":[]}`},
		{"key parameters", []PatchOperation{op("add", "/cacheKeyParameters/method.request.path.a", ""), op("replace", "/tlsConfig/insecureSkipVerification", "true"), op("add", "/requestTemplates/a~1b", "<")}, `{"type":"HTTP_PROXY","httpMethod":"GET","uri":"http://a.example","connectionType":"VPC_LINK","connectionId":"a","requestTemplates":{"a/b":"\u003c"},"passthroughBehavior":"WHEN_NO_MATCH","timeoutInMillis":29000,"cacheNamespace":"n","cacheKeyParameters":["method.request.path.a"],"tlsConfig":{"insecureSkipVerification":true}}`},
		{"timeout", []PatchOperation{op("replace", "/timeoutInMillis", "1")}, "BadRequestException: Timeout should be between 50 ms and 300000 ms"},
		{"endpoint", []PatchOperation{op("replace", "/uri", "x")}, "BadRequestException: Invalid HTTP endpoint specified for URI"},
		{"not an ARN", []PatchOperation{op("replace", "/type", "AWS")}, "BadRequestException: Invalid ARN specified in the request"},
	})
	pattern := ""
	runPatches(t, IntegrationResponse{StatusCode: "200", SelectionPattern: &pattern, ResponseTemplates: ResponseTemplates{"application/json": ""}}, PatchIntegrationResponse, []patchTest{
		{"pattern", []PatchOperation{op("replace", "/selectionPattern", "updated-pattern")}, `{"statusCode":"200","selectionPattern":"updated-pattern","responseTemplates":{"application/json":null}}`},
		{"content type", []PatchOperation{op("add", "/responseTemplates/123", "x")}, "BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]"},
	})
}

func TestPatchDomainName(t *testing.T) {
	domain := DomainName{DomainName: "api.example.com", EndpointConfiguration: &EndpointConfiguration{Types: []string{"REGIONAL"}, IPAddressType: "ipv4"}}
	runPatches(t, domain, PatchDomainName, []patchTest{
		{"trust store", []PatchOperation{op("replace", "/mutualTlsAuthentication/truststoreUri", "s3://a")}, `{"domainName":"api.example.com","endpointConfiguration":{"types":["REGIONAL"],"ipAddressType":"ipv4"},"mutualTlsAuthentication":{"truststoreUri":"s3://a"}}`},
		{"none", []PatchOperation{op("replace", "/mutualTlsAuthentication/truststoreUri", "")}, `{"domainName":"api.example.com","endpointConfiguration":{"types":["REGIONAL"],"ipAddressType":"ipv4"}}`},
		{"trust store removed", []PatchOperation{op("add", "/mutualTlsAuthentication/truststoreUri", "s3://a"), op("remove", "/mutualTlsAuthentication/truststoreUri", "")}, `{"domainName":"api.example.com","endpointConfiguration":{"types":["REGIONAL"],"ipAddressType":"ipv4"}}`},
		{"edge", []PatchOperation{op("replace", "/endpointConfiguration/types/REGIONAL", "EDGE"), op("replace", "/securityPolicy", "TLS_1_2")}, `{"domainName":"api.example.com","endpointConfiguration":{"types":["EDGE"],"ipAddressType":"ipv4"},"securityPolicy":"TLS_1_2"}`},
		{"unknown policy", []PatchOperation{op("replace", "/securityPolicy", "TLS_9")}, "BadRequestException: Invalid value 'TLS_9' of /securityPolicy. Must be one of: [" + strings.Join(securityPolicies, ", ") + "]"},
	})
	runPatches(t, BasePathMapping{BasePath: "v1", RestAPIID: "a", Stage: "s"}, PatchBasePathMapping, []patchTest{
		{"mapping", []PatchOperation{op("replace", "/restapiId", "b"), op("replace", "/stage", "t"), op("replace", "/basePath", "v2")}, `{"basePath":"v2","restApiId":"b","stage":"t"}`},
	})
	runPatches(t, Deployment{ID: "d"}, PatchDeployment, []patchTest{
		{"deployment", []PatchOperation{op("replace", "/description", "x")}, `{"id":"d","description":"x"}`},
		{"deployment, wrong path", []PatchOperation{op("replace", "/id", "x")}, "BadRequestException: Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description]"},
	})
}
