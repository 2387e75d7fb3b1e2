// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
)

// noAuthorizer is what is found in a document that quotes the authorizer without saying where its words are.
const noAuthorizer = `names in "context.authorizer" have no value unless the document says where they are; ` +
	`add e.g. "authorizer": {"claims": "envoy.filters.http.jwt_authn/jwt_payload", "context": "envoy.filters.http.ext_authz"}`

// TestFindings shows what compiling finds, with the place. What decoding finds is tested in package config.
func TestFindings(t *testing.T) {
	for _, tc := range []struct {
		name, document string
		refused        bool
		want           string
	}{
		{
			"unknown variable", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"application/json":"{\"id\":\"$context.requestID\"}"}}}}`, true,
			`gatewayResponses.THROTTLED.responseTemplates["application/json"] (line 1, column 86): unknown variable "context.requestID"; did you mean "context.requestId"?`,
		},
		{
			"redirect without a status", `{"classification":[{"name":"login","when":{"details":["oauth2*"],"status":["302"]},"responseType":"X_LOGIN"}],
"gatewayResponses":{"X_LOGIN":{}},"routes":[{"name":"a","inherit":false,"gatewayResponses":{"DEFAULT_4XX":{}}},{"name":"b","gatewayResponses":{"X_LOGIN":{"statusCode":401}}}]}`, true,
			`gatewayResponses.X_LOGIN (line 2, column 21): "login" gives redirects the type "X_LOGIN", which has no status of its own; add "statusCode", else they are left
routes[0].gatewayResponses.DEFAULT_4XX (line 2, column 93): "login" gives redirects the type "X_LOGIN", which has no status of its own; add "statusCode", else they are left`,
		},
		{
			"unknown variable in a mapping", `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":"context.requestid"}}}}`, true,
			`gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.a"] (line 1, column 85): unknown variable "context.requestid"; did you mean "context.requestId"?`,
		},
		{
			"undefined stage variable", "{\"stageVariables\":{\"docs\":\"d\"},\n\"gatewayResponses\":{\"THROTTLED\":{\"headers\":{\"Link\":\"<$stageVariables.doc>\"}}}}", true,
			`gatewayResponses.THROTTLED.headers.Link (line 2, column 54): the document has no stage variable "doc"; did you mean "docs"?`,
		},
		{
			"no stage variables at all", `{"gatewayResponses":{"THROTTLED":{"headers":{"Link":"$stageVariables.doc"}}}}`, true,
			`gatewayResponses.THROTTLED.headers.Link (line 1, column 54): the document has no stage variable "doc"; add it to "stageVariables"`,
		},
		{
			"original body in a header", `{"gatewayResponses":{"THROTTLED":{"headers":{"x-body":"$context.envoy.body"}}}}`, true,
			`gatewayResponses.THROTTLED.headers["x-body"] (line 1, column 56): the original body is not known yet when headers are sent; use it in responseTemplates only`,
		},
		{
			"metadata without a key", `{"gatewayResponses":{"THROTTLED":{"headers":{"a":"b ${context.envoy.metadata.acme}"}}}}`, true,
			`gatewayResponses.THROTTLED.headers.a (line 1, column 53): "acme" is only a namespace of metadata; write "${context.envoy.metadata.acme/KEY}", with braces`,
		},
		{
			"request header as an attribute in a mapping", `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":"context.envoy.attribute.request.headers.b"}}}}`, true,
			`gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.a"] (line 1, column 85): attribute "request.headers.b": Envoy does not know it any more when the reply comes; write "${method.request.header.NAME}"`,
		},
		{
			"authorizer that is nowhere", `{"gatewayResponses":{"THROTTLED":{"headers":{"a":"b $context.authorizer.claims.sub"}},"ACCESS_DENIED":{"responseParameters":{"gatewayresponse.header.a":"context.authorizer.principalId"}}}}`, false,
			`gatewayResponses.THROTTLED.headers.a (line 1, column 54): ` + noAuthorizer + "\n" +
				`gatewayResponses.ACCESS_DENIED.responseParameters["gatewayresponse.header.a"] (line 1, column 154): ` + noAuthorizer,
		},
		{
			"claims that are nowhere", `{"authorizer":{"context":"a"},"gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.authorizer.claims.sub"}}}}`, false,
			`gatewayResponses.THROTTLED.headers.a (line 1, column 81): names in "context.authorizer" have no value unless the document says where they are; add e.g. "claims": "envoy.filters.http.jwt_authn/jwt_payload" to "authorizer"`,
		},
		{
			"context that is nowhere", `{"authorizer":{"claims":"a"},"gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.authorizer.claims.sub $context.authorizer.tenant"}}}}`, false,
			`gatewayResponses.THROTTLED.headers.a (line 1, column 111): names in "context.authorizer" have no value unless the document says where they are; add e.g. "context": "envoy.filters.http.ext_authz" to "authorizer"`,
		},
		{
			"authorizer that is somewhere",
			`{"authorizer":{"claims":"a"},"gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.authorizer.claims.sub","b":"$context.authorizer.principalId"}}}}`, false, "",
		},
		{
			"gRPC status without the key grpc", `{"classification":[{"when":{"grpcStatus":[14]},"leave":true}]}`, false,
			`classification[0].when.grpcStatus (line 1, column 29): "grpcStatus" holds for gRPC-Web only: without the key "grpc" replies to gRPC requests are not looked at; add "grpc": {}`,
		},
		{"gRPC status with the key grpc", `{"grpc":{},"classification":[{"when":{"grpcStatus":[14]},"leave":true}]}`, false, ""},
		{
			"in a route",
			"{\"stageVariables\":{\"docs\":\"\"},\"routes\":[{\"name\":\"a\",\"stageVariables\":{\"mail\":\"\"},\"gatewayResponses\":{\"THROTTLED\":{\n" +
				"\"headers\":{\"a\":\"$stageVariables.docs $stageVariables.mail $stageVariables.phone $context.statuss\"}}}}]}", true,
			"routes[0].gatewayResponses.THROTTLED.headers.a (line 2, column 59): the document has no stage variable \"phone\"; add it to \"stageVariables\"\n" +
				"routes[0].gatewayResponses.THROTTLED.headers.a (line 2, column 81): unknown variable \"context.statuss\"; did you mean \"context.status\"?",
		},
		{
			"stage variable of a route that inherits nothing",
			`{"gatewayResponses":{"THROTTLED":{"headers":{"Link":"$stageVariables.docs"}}},"routes":[{"name":"a","inherit":false,"stageVariables":{"docs":""}}]}`, true,
			`gatewayResponses.THROTTLED.headers.Link (line 1, column 54): the document has no stage variable "docs"; add it to "stageVariables"`,
		},
		{
			"stage variable of any route in the message of gRPC",
			`{"grpc":{"message":"$stageVariables.docs"},"routes":[{"name":"a","stageVariables":{"docs":""}},{"name":"b"}]}`, false, "",
		},
		{
			"content type of no template", `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.Content-Type":"'text/html'"}}}}`, false,
			`gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.Content-Type"] (line 1, column 96): "text/html" has no effect: no template has this media type, or one in which values are escaped alike; Content-Type names the template that is sent`,
		},
		{
			"content type of no template in headers", `{"gatewayResponses":{"THROTTLED":{"headers":{"Content-Type":"text/html"}}}}`, false,
			`gatewayResponses.THROTTLED.headers["Content-Type"] (line 1, column 62): "text/html" has no effect: no template has this media type, or one in which values are escaped alike; Content-Type names the template that is sent`,
		},
		{
			"retry-after that is no number", `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.Retry-After":"'soon'"}}}}`, false,
			`gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.Retry-After"] (line 1, column 95): "soon" has no effect: Retry-After is a number of seconds or a date that ends with " GMT"`,
		},
		{
			"retry-after in headers that is no number", `{"gatewayResponses":{"THROTTLED":{"headers":{"Retry-After":"soon"}}}}`, false,
			`gatewayResponses.THROTTLED.headers["Retry-After"] (line 1, column 61): "soon" has no effect: Retry-After is a number of seconds or a date that ends with " GMT"`,
		},
		{
			"retry-after with white space around it",
			`{"gatewayResponses":{"THROTTLED":{"headers":{"Retry-After":" 5 "}},"QUOTA_EXCEEDED":{"responseParameters":{"gatewayresponse.header.Retry-After":"' 5 '"}}}}`, false, "",
		},
		{
			"header that is too long", `{"gatewayResponses":{"THROTTLED":{"headers":{"a":"` + strings.Repeat("a", 8193) + `"}}}}`, false,
			`gatewayResponses.THROTTLED.headers.a (line 1, column 51): the value has no effect: it has more than 8192 bytes`,
		},
		{
			"redirect that a client chooses", `{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"$context.path"}},"THROTTLED":{"headers":{"Location":"//$context.path"}}}}`, true,
			`gatewayResponses.UNAUTHORIZED.headers.location (line 1, column 61): "$context.path" begins the URL in "location", so that a client could choose its scheme; begin with a path, a scheme or a stage variable and "/", or write "${context.path|url}"` + "\n" +
				`gatewayResponses.THROTTLED.headers.Location (line 1, column 116): "$context.path" begins a path in "Location", so that a client could begin it with "/" and choose the host; write "${context.path|url}", or something between "/" and the variable`,
		},
		{
			"redirect that the owner chooses",
			`{"stageVariables":{"a":"b"},"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"$stageVariables.a/$context.path"}},"THROTTLED":{"headers":{"Location":"https://a.example/$context.path?a=${context.path|url}"}}}}`, false, "",
		},
		{
			"mapped redirect that a client chooses", `{"gatewayResponses":{"UNAUTHORIZED":{"responseParameters":{"gatewayresponse.header.Location":"method.request.querystring.to"}}}}`, false,
			`gatewayResponses.UNAUTHORIZED.responseParameters["gatewayresponse.header.Location"] (line 1, column 95): "method.request.querystring.to" lets a client choose where "Location" leads; use "headers", e.g. "https://login.example.com/?to=${context.envoy.originalPath|url}"`,
		},
		{
			"mapped redirect to the stage", `{"api":{"stage":"prod"},"gatewayResponses":{"UNAUTHORIZED":{"responseParameters":{"gatewayresponse.header.Location":"context.stage"}}}}`, false, "",
		},
		{
			"directives that a client adds", `{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"Content-Security-Policy":"default-src 'self'; report-uri /csp?p=$context.path","set-cookie":"to=${context.envoy.originalPath|url}; HttpOnly"}}}}`, true,
			`gatewayResponses.UNAUTHORIZED.headers["Content-Security-Policy"] (line 1, column 114): "$context.path" stands in "Content-Security-Policy", so that a client could add to it behind a ";" or ","; write "${context.path|url}"`,
		},
		{
			"directives that a client has by itself", `{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"Set-Cookie":"id=$context.requestId; HttpOnly"}}}}`, false, "",
		},
		{
			"mapped cookie that a client chooses", `{"gatewayResponses":{"UNAUTHORIZED":{"responseParameters":{"gatewayresponse.header.Set-Cookie":"method.request.querystring.a"}}}}`, false,
			`gatewayResponses.UNAUTHORIZED.responseParameters["gatewayresponse.header.Set-Cookie"] (line 1, column 97): "method.request.querystring.a" lets a client choose all of "Set-Cookie"; use "headers" and "${method.request.querystring.a|url}"`,
		},
		{
			"origin that reads any reply", `{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"Access-Control-Allow-Origin":"$method.request.header.origin"}}}}`, false,
			`gatewayResponses.UNAUTHORIZED.headers["Access-Control-Allow-Origin"] (line 1, column 80): "$method.request.header.origin" lets every page read the reply; name the origins in "cors"`,
		},
		{
			"mapped origin that reads any reply", `{"gatewayResponses":{"UNAUTHORIZED":{"responseParameters":{"gatewayresponse.header.Access-Control-Allow-Origin":"method.request.header.origin"}}}}`, false,
			`gatewayResponses.UNAUTHORIZED.responseParameters["gatewayresponse.header.Access-Control-Allow-Origin"] (line 1, column 114): "method.request.header.origin" lets every page read the reply; name the origins in "cors"`,
		},
		{
			"member that a client names", `{"gatewayResponses":{"UNAUTHORIZED":{"responseTemplates":{"application/json":"{\"message\":1,\"$method.request.querystring.a\" :2}"}}}}`, false,
			`gatewayResponses.UNAUTHORIZED.responseTemplates["application/json"] (line 1, column 96): "$method.request.querystring.a" stands in the name of a member, so that a client could name another one that the template has; use it as a value`,
		},
		{
			"bare member that a client names", `{"gatewayResponses":{"UNAUTHORIZED":{"responseTemplates":{"application/json":"{\"message\":1,$method.request.querystring.a :2}"}}}}`, false,
			`gatewayResponses.UNAUTHORIZED.responseTemplates["application/json"] (line 1, column 94): "$method.request.querystring.a" stands in the name of a member, so that a client could name another one that the template has; use it as a value`,
		},
		{
			"members of the owner",
			`{"stageVariables":{"a":"b"},"gatewayResponses":{"UNAUTHORIZED":{"responseTemplates":{"application/json":"{\"$context.error.responseType\":\"$context.path\",\"$stageVariables.a\":\"$context.path\"}"}}}}`, false, "",
		},
		{
			"type in a list of links",
			`{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"Link":"</errors/$context.error.responseType>; rel=help","Refresh":"5; url=/errors/$context.status"}}}}`, false, "",
		},
		{
			"redirect behind a stage variable that only a route has",
			`{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"$stageVariables.a/$context.path"}}},"routes":[{"name":"r","match":{"pathPrefix":"/"},"stageVariables":{"a":"https://a.example"}}]}`, true,
			`gatewayResponses.UNAUTHORIZED.headers.location (line 1, column 79): "$context.path" begins a path in "location", so that a client could begin it with "/" and choose the host; write "${context.path|url}", or something between "/" and the variable; "$stageVariables.a" in front of it may be ""`,
		},
		{
			"redirect behind a stage variable that a route makes empty",
			`{"stageVariables":{"a":"https://a.example"},"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"$stageVariables.a/$context.path"}}},"routes":[{"name":"r","match":{"pathPrefix":"/"},"stageVariables":{"a":""}}]}`, true,
			`gatewayResponses.UNAUTHORIZED.headers.location (line 1, column 122): "$context.path" begins a path in "location", so that a client could begin it with "/" and choose the host; write "${context.path|url}", or something between "/" and the variable; "$stageVariables.a" in front of it may be ""`,
		},
		{
			"redirect behind a stage variable that a route on its own makes empty",
			`{"stageVariables":{"a":"https://a.example"},"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"$stageVariables.a/$context.path"}}},"routes":[{"name":"r","inherit":false,"match":{"pathPrefix":"/"},"stageVariables":{"a":""}}]}`, false, "",
		},
		{
			"redirect behind a stage that the document does not name",
			`{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"/$context.stage$context.path"}}}}`, true,
			`gatewayResponses.UNAUTHORIZED.headers.location (line 1, column 62): "context.stage" has no value unless the document says where from; add e.g. "api": {"stage": "prod"}` + "\n" +
				`gatewayResponses.UNAUTHORIZED.headers.location (line 1, column 76): "$context.path" begins a path in "location", so that a client could begin it with "/" and choose the host; write "${context.path|url}", or something between "/" and the variable; "$context.stage" in front of it may be ""`,
		},
		{
			"redirect behind a stage",
			`{"api":{"stage":"prod"},"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"/$context.stage$context.path"}}},"routes":[{"name":"r","match":{"pathPrefix":"/"},"api":{"stage":"test"}}]}`, false, "",
		},
		{
			"redirect whose host a client would end",
			`{"stageVariables":{"a":"https://a.example"},"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"$stageVariables.a${method.request.querystring.b|url}"}}}}`, true,
			`gatewayResponses.UNAUTHORIZED.headers.location (line 1, column 121): "${method.request.querystring.b|url}" stands in the host of the URL in "location", so that a client could choose another one; write "/" in front of it, or "${method.request.querystring.b|url}" in front of the end of the host, such as ".example.com"; "$stageVariables.a" in front of it may be "https://a.example"`,
		},
		{
			"redirect behind an empty stage variable",
			`{"stageVariables":{"a":""},"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"$stageVariables.a/b/$context.path"}}}}`, false, "",
		},
		{
			"mapped refresh and link that a client chooses", `{"gatewayResponses":{"UNAUTHORIZED":{"responseParameters":{"gatewayresponse.header.Refresh":"method.request.querystring.next","gatewayresponse.header.link":"stageVariables.a"}}},"stageVariables":{"a":"b"}}`, false,
			`gatewayResponses.UNAUTHORIZED.responseParameters["gatewayresponse.header.Refresh"] (line 1, column 94): "method.request.querystring.next" lets a client choose where "Refresh" leads; use "headers", e.g. "https://login.example.com/?to=${context.envoy.originalPath|url}"`,
		},
		{
			"refresh that a client chooses", `{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"Refresh":"0; url=$method.request.querystring.next"}}}}`, true,
			`gatewayResponses.UNAUTHORIZED.headers.Refresh (line 1, column 67): "$method.request.querystring.next" stands in "Refresh", so that a client could bring another URL along; use a stage variable, or write "${method.request.querystring.next|url}"`,
		},
		{
			"redirect behind a scheme", `{"gatewayResponses":{"UNAUTHORIZED":{"headers":{"location":"https:$context.path"}}}}`, true,
			`gatewayResponses.UNAUTHORIZED.headers.location (line 1, column 67): "$context.path" stands in the host of the URL in "location", so that a client could choose another one; write "/" in front of it, or "${context.path|url}" in front of the end of the host, such as ".example.com"`,
		},
		{
			"template that is no JSON", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"application/json":"{\"a\":}"}}}}`, false,
			`gatewayResponses.THROTTLED.responseTemplates["application/json"] (line 1, column 83): the template is not JSON at "}", even with plain values in its variables`,
		},
		{
			"template with strings in single quotes", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"application/json":"{\"a\":$context.status,\n \"b\":'c'}"}}}}`, false,
			`gatewayResponses.THROTTLED.responseTemplates["application/json"] (line 1, column 108): the template is not JSON at "'c'}"; strings stand in double quotes`,
		},
		{
			"template with VTL", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/plain":"b: $util.escapeJavaScript($input.json('$'))"}}}}`, false,
			`gatewayResponses.THROTTLED.responseTemplates["text/plain"] (line 1, column 73): "$util." is text here: templates of gateway responses have variables, and no VTL`,
		},
		{
			"static value that is a variable", `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":"'$context.requestId'"}}}}`, false,
			`gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.a"] (line 1, column 86): "$context.requestId" is text here, for values in single quotes are static; write "context.requestId" without quotes for its value`,
		},
		{
			"static value with a variable", `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":"'/?id=${context.requestId}'"}}}}`, false,
			`gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.a"] (line 1, column 91): "$context.requestId" is text here, for values in single quotes are static; "headers" has templates`,
		},
		{
			"Content-Type that is removed", `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.Content-Type":"''"}}}}`, false,
			`gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.Content-Type"] (line 1, column 96): "" has no effect: no template has this media type, or one in which values are escaped alike; Content-Type names the template that is sent`,
		},
		{
			"own type that nothing names", `{"gatewayResponses":{"X_LOGIN":{},"X_LOGGIN":{}},"classification":[{"when":{"status":["401"]},"responseType":"X_LOGIN"}],"routes":[{"name":"r","gatewayResponses":{"X_OTHER":{}}}]}`, false,
			`gatewayResponses.X_LOGGIN (line 1, column 35): nothing gives a reply the type "X_LOGGIN", so that the entry never answers; name the type in "classification", or let producers declare it` + "\n" +
				`routes[0].gatewayResponses.X_OTHER (line 1, column 164): nothing gives a reply the type "X_OTHER", so that the entry never answers; name the type in "classification", or let producers declare it`,
		},
		{
			"own type that a producer may name", `{"gatewayResponses":{"X_LOGIN":{}},"declared":{"header":"x-type"}}`, false, "",
		},
		{
			"template that breaks off", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"application/json":"{\"a\":$context.path"}}}}`, false,
			`gatewayResponses.THROTTLED.responseTemplates["application/json"] (line 1, column 96): the template is not JSON, even with plain values in its variables: it ends too early`,
		},
		{
			"template with text behind the JSON", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"application/json":"{} $context.path"}}}}`, false,
			`gatewayResponses.THROTTLED.responseTemplates["application/json"] (line 1, column 79): the template is not JSON at "$context.path", even with plain values in its variables`,
		},
		{
			"template with one name twice", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"application/json":"{\"a\":$context.path,\"a\":2}"}}}}`, false,
			`gatewayResponses.THROTTLED.responseTemplates["application/json"] (line 1, column 97): the template names a member twice at "\"a\":2}"; keep one of them`,
		},
		{
			"empty template", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"application/json":""}}}}`, false,
			`gatewayResponses.THROTTLED.responseTemplates["application/json"] (line 1, column 75): the template is empty, so that the reply has no body; remove it to send the default one`,
		},
		{
			"all at once, in the order of the text",
			"{\"version\":2,\n\"gatewayResponses\":{\"THROTTLED\":{\"responseTemplates\":{\"text/plain\":\"$context.a $context.b\"}},\n\"THROTLED\":{\"headers\":{\"a\":\"$context.c\"}}}}", true,
			"version (line 1, column 12): version 2 of the format is not known; use 1\n" +
				"gatewayResponses.THROTTLED.responseTemplates[\"text/plain\"] (line 2, column 69): unknown variable \"context.a\"; docs/variables.md lists the names\n" +
				"gatewayResponses.THROTTLED.responseTemplates[\"text/plain\"] (line 2, column 80): unknown variable \"context.b\"; docs/variables.md lists the names\n" +
				"gatewayResponses.THROTLED (line 3, column 1): \"THROTLED\" is not a gateway response type; did you mean \"THROTTLED\"?\n" +
				"gatewayResponses.THROTLED.headers.a (line 3, column 29): unknown variable \"context.c\"; docs/variables.md lists the names",
		},
		{
			"all at once in what has findings of its own",
			`{"stageVariables":{"n":1},"routes":[{"gatewayResponses":{"THROTTLED":{"headers":{"a":"$stageVariables.n $context.a"}}}}],` +
				`"classification":[{"when":{"flags":["ut"]},"responseType":"NONE"}]}`, true,
			`stageVariables.n (line 1, column 24): found the number 1; want a string such as "1"` + "\n" +
				`routes[0] (line 1, column 37): the entry has no name; add "name"` + "\n" +
				`routes[0].gatewayResponses.THROTTLED.headers.a (line 1, column 105): unknown variable "context.a"; docs/variables.md lists the names` + "\n" +
				`classification[0].when.flags[0] (line 1, column 158): "ut" is not a response flag; did you mean "UT"?` + "\n" +
				`classification[0].responseType (line 1, column 180): "NONE" is not a gateway response type; the types are ` + allTypes() + `, and those of one's own, which begin with "X_"`,
		},
		{
			"nothing is missed that a syntax error may hide",
			`{"gatewayResponses":{"THROTTLED":{"headers":{"a":"$stageVariables.n $context.a"}}} "emulate":"aws","stageVariables":{"n":"1"}}`, true,
			`document (line 1, column 84): not JSON: invalid character '"' after object value (expecting ',' or '}')`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program, findings := Load([]byte(tc.document), Everything())
			if diff := cmp.Diff(tc.want, findings.String()); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if i := slices.IndexFunc(findings, func(f config.Finding) bool { return f.Code == 0 }); i >= 0 {
				t.Errorf("no code: %s", findings[i])
			}
			if refused := program == nil; refused != tc.refused {
				t.Errorf("refused = %v, want %v", refused, tc.refused)
			}
		})
	}
}

// allTypes lists the types as findings do.
func allTypes() string {
	var names []string
	for _, t := range config.ResponseTypes() {
		names = append(names, string(t))
	}
	return strings.Join(names, ", ")
}
