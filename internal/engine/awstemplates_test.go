// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"
)

// TestTemplatesFromAWS holds that nothing in a template that AWS accepts refuses a document that emulates it, and what the
// warnings say. The same text refuses a document of our own.
func TestTemplatesFromAWS(t *testing.T) {
	for _, tc := range []struct{ name, mediaType, text, empty, raw string }{
		{
			"a type without escaping", "text/css", `a { color: $context.path }`,
			`"$context.path" stands in "text/css", for which there is no escaping; it stays empty`,
			`"$context.path" stands in "text/css", for which there is no escaping; its value is inserted as it is`,
		},
		{
			"a script", "text/html", `<script>f('$context.path')</script>`,
			`"$context.path" stands in <script>; it stays empty; put it into a data-* attribute`,
			`"$context.path" stands in <script>; its value is inserted as it is`,
		},
		{
			"a style sheet", "text/html", `<style>a { color: $context.path }</style>`,
			`"$context.path" stands in <style>; it stays empty`, `"$context.path" stands in <style>; its value is inserted as it is`,
		},
		{
			"a comment", "text/html", `<!-- $context.requestId -->`,
			`"$context.requestId" stands in a comment; it stays empty`, `"$context.requestId" stands in a comment; its value is inserted as it is`,
		},
		{
			"an attribute without quotes", "text/html", `<p id=$context.requestId>`,
			`stands in an attribute value without quotes; it stays empty; put quotes`, `stands in an attribute value without quotes; its value is inserted as it is`,
		},
		{
			"a CDATA section", "application/xml", `<m><![CDATA[$context.path]]></m>`,
			`"$context.path" stands in a CDATA section; it stays empty`, `"$context.path" stands in a CDATA section; its value is inserted as it is`,
		},
		{
			"a URL that a client begins", "text/html", `<a href='$context.path'>`,
			`"$context.path" begins the URL in "href", so that a client could choose its scheme; it stays empty`,
			`"$context.path" begins the URL in "href", so that a client could choose its scheme; its value is inserted as it is`,
		},
		{
			"a name that is not closed", "text/plain", `${context.stage`,
			`"${context.stage" is not closed, so that it is text; write "${context.stage}"`, `"${context.stage" is not closed, so that it is text`,
		},
		{
			"an unknown filter", "text/plain", `${context.stage|upper}`,
			`"${context.stage|upper}" has the unknown filter "upper"; it stays empty`, `has the unknown filter "upper"; its value is inserted as it is`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document := withTemplate(tc.mediaType, tc.text)
			if program, findings := Load([]byte(document), Everything()); program != nil {
				t.Errorf("the document is not refused: %s", findings)
			}
			checkWarning(t, `{"emulate":"aws",`+document[1:], tc.empty)
			checkWarning(t, `{"escaping":"aws",`+document[1:], tc.raw)
			checkWarning(t, `{"emulate":"aws","escaping":"aws",`+document[1:], tc.raw)
			route := `{"routes":[{"name":"r","match":{"pathPrefix":"/"},"emulate":"aws",` + document[1:len(document)-1] + `}]}`
			checkWarning(t, route, tc.empty)
		})
	}
}

// TestNamesThatGoOn holds what is said of names that go on behind a known one, in documents from AWS and in others.
func TestNamesThatGoOn(t *testing.T) {
	const authorizer = `"api":{"stage":"prod"},"authorizer":{"claims":"envoy.filters.http.jwt_authn/jwt_payload","context":"envoy.filters.http.ext_authz"},`
	for _, tc := range []struct{ name, text, want string }{
		{
			"behind a name without parts", `$context.error.responseType.statusCode`,
			`unknown variable "context.error.responseType.statusCode"; "context.error.responseType" has no parts; write "${context.error.responseType}.statusCode"`,
		},
		{
			"a hyphen", `$context.authorizer.tenant-id `,
			`"$context.authorizer.tenant" ends before "-id"; write "${context.authorizer.tenant-id}" if that belongs to the name, else "${context.authorizer.tenant}"`,
		},
		{
			"a colon", `$context.authorizer.claims.cognito:groups`,
			`"$context.authorizer.claims.cognito" ends before ":groups"; write "${context.authorizer.claims.cognito:groups}"`,
		},
		{
			"a URL", `$context.authorizer.claims.https://example.com/role.`,
			`"$context.authorizer.claims.https" ends before "://example.com/role"; write "${context.authorizer.claims.https://example.com/role}"`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			checkWarning(t, `{"emulate":"aws",`+authorizer+withTemplate("text/plain", tc.text)[1:], tc.want)
		})
	}
	checkWarning(t, `{"emulate":"aws","gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":"context.error.responseType.statusCode"}}}}`,
		`unknown variable "context.error.responseType.statusCode"; "context.error.responseType" has no parts`)
	for _, text := range []string{
		`$context.authorizer.tenant - $context.stage-id`, `$context.authorizer.tenant-$context.stage`, `${context.authorizer.tenant}-id`,
		`${context.authorizer.tenant-id}`, `$context.authorizer.tenant: $context.stage:`, `$context.authorizer.tenant.`,
	} {
		if _, findings := Load([]byte(`{`+authorizer+withTemplate("text/plain", text)[1:]), Everything()); len(findings) > 0 {
			t.Errorf("findings about %q: %s", text, findings)
		}
	}
}

// TestNamesWithoutValue holds that a document from AWS is told of each name that has no value here, at its place, in templates and
// in mappings, and that no name with a value is among them.
func TestNamesWithoutValue(t *testing.T) {
	for _, tc := range []struct{ name, variable, want, cure string }{
		{"a typing error", "context.eror.message", `unknown variable "context.eror.message"; did you mean "context.error.message"? (it stays empty)`, ""},
		{"what is not there at all", "context.nothing.like.that", `unknown variable "context.nothing.like.that"; docs/variables.md lists the names (it stays empty)`, ""},
		{"a stage variable", "stageVariables.url", `the document has no stage variable "url"; add it to "stageVariables" (it stays empty)`, `"stageVariables":{"url":"u"}`},
		{"a name of AWS's access logs", "context.xrayTraceId", `"context.xrayTraceId" never has a value here: it is known to AWS only`, ""},
		{"a name of a group", "context.integration.latency", `"context.integration.latency" never has a value here`, ""},
		{"the stage", "context.stage", `"context.stage" has no value unless the document says where from; add e.g. "api": {"stage": "prod"}`, `"api":{"stage":"prod"}`},
		{"the API", "context.apiId", `add e.g. "api": {"id": "petstore"}`, `"api":{"id":"i"}`},
		{"the account", "context.accountId", `add e.g. "api": {"accountId": "123456789012"}`, `"api":{"accountId":"1"}`},
		{"what the validation says", "context.error.validationErrorString", `add "declared", by which the producer`, `"declared":{"header":"x-type"}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			template := withTemplate("text/plain", "Error $"+tc.variable+" .")[1:]
			mapping := `"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":"` + tc.variable + `"}}}}`
			for _, entries := range []string{template, mapping} {
				checkWarning(t, `{"emulate":"aws",`+entries, tc.want)
				checkWarning(t, `{"routes":[{"name":"r","emulate":"aws",`+entries[:len(entries)-1]+`}]}`, tc.want)
				if tc.cure == "" {
					continue
				}
				if _, findings := Load([]byte(`{"emulate":"aws",`+tc.cure+","+entries), Everything()); len(findings) > 0 {
					t.Errorf("findings with %s: %s", tc.cure, findings)
				}
			}
		})
	}
	for _, other := range []string{
		`"routes":[{"name":"r","match":{"pathPrefix":"/"},"api":{"stage":"prod"}}]`, `"routeDocuments":true`,
	} {
		if _, findings := Load([]byte(`{`+other+`,`+withTemplate("text/plain", "$context.stage")[1:]), Everything()); len(findings) > 0 {
			t.Errorf("findings where a route may give the value: %s", findings)
		}
	}
}

// checkWarning holds that a document loads, with one warning or more, and that the first says something.
func checkWarning(t *testing.T, document, want string) {
	t.Helper()
	program, findings := Load([]byte(document), Everything())
	if program == nil || len(findings) == 0 || !strings.Contains(findings[0].Message, want) {
		t.Errorf("Load(%s) refuses: %v, with findings:\n%s\nwant one that says: %s", document, program == nil, findings, want)
	}
}
