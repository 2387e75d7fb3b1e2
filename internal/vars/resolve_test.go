// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"errors"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/nearest"
)

// TestResolveAWS: every name that AWS documents for gateway responses and access logs is known.
func TestResolveAWS(t *testing.T) {
	for name := range strings.FieldsSeq(`
		context.accountId context.apiId context.domainName context.domainPrefix context.stage context.deploymentId context.isCanaryRequest
		context.requestId context.extendedRequestId context.requestTime context.requestTimeEpoch context.httpMethod context.path
		context.resourceId context.resourcePath context.protocol context.awsEndpointRequestId
		context.error.message context.error.messageString context.error.responseType context.error.validationErrorString
		context.authorizer.principalId context.authorizer.claims.sub context.authorizer.context.message context.authorizer.error
		context.identity.accountId context.identity.apiKey context.identity.apiKeyId context.identity.caller
		context.identity.cognitoAuthenticationProvider context.identity.cognitoAuthenticationType context.identity.cognitoIdentityId
		context.identity.cognitoIdentityPoolId context.identity.principalOrgId context.identity.sourceIp context.identity.user
		context.identity.userAgent context.identity.userArn context.identity.vpcId context.identity.vpceId
		context.identity.clientCert.clientCertPem context.identity.clientCert.subjectDN context.identity.clientCert.issuerDN
		context.identity.clientCert.serialNumber context.identity.clientCert.validity.notBefore context.identity.clientCert.validity.notAfter
		context.wafResponseCode context.webaclArn
		context.authorize.error context.authenticate.status context.integration.latency context.integrationErrorMessage
		context.integrationLatency context.integrationStatus context.responseLatency context.responseLength context.status
		context.waf.error context.xrayTraceId context.customDomain.basePathMatched
		stageVariables.a
		method.request.header.Accept method.request.multivalueheader.Accept method.request.querystring.q
		method.request.multivaluequerystring.q method.request.path.petId method.request.body method.request.body.$.message`) {
		if _, err := resolve(name); err != nil {
			t.Errorf("Resolve(%q): %v", name, err)
		}
	}
}

func TestResolveErrors(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"other case", "context.requestID", `unknown variable "context.requestID"; did you mean "context.requestId"?`},
		{"letter missing", "context.eror.message", `unknown variable "context.eror.message"; did you mean "context.error.message"?`},
		{"root of other case", "Context.path", `unknown variable "Context.path"; did you mean "context.path"?`},
		{"root misspelt", "stageVariable.docs", `unknown variable "stageVariable.docs"; did you mean "stageVariables.docs"?`},
		{"group misspelt", "method.request.headers.x-id", `unknown variable "method.request.headers.x-id"; did you mean "method.request.header.x-id"?`},
		{"group of other case", "method.request.queryString.q", `unknown variable "method.request.queryString.q"; did you mean "method.request.querystring.q"?`},
		{"group left out", "context.sourceIp", `unknown variable "context.sourceIp"; did you mean "context.identity.sourceIp"?`},
		{"group of other name", "context.request.path", `unknown variable "context.request.path"; did you mean "context.path"?`},
		{"near nothing", "context.foo", `unknown variable "context.foo"; docs/variables.md lists the names`},
		{"root alone", "context", `unknown variable "context"; names begin with "context.", "stageVariables.", "method.request." or "response.header."`},
		{"root and dot", "context.", `unknown variable "context."; docs/variables.md lists the names`},
		{"unknown root", "input.body", `unknown variable "input.body"; did you mean "context.envoy.body"?`},
		{"override", "context.requestOverride.header.x", `unknown variable "context.requestOverride.header.x"; docs/variables.md lists the names`},
		{"response without header", "response.status-code", `unknown variable "response.status-code"; names begin with "context.", "stageVariables.", "method.request." or "response.header."`},
		{"empty", "", `unknown variable ""; names begin with "context.", "stageVariables.", "method.request." or "response.header."`},
		{"no stage variable", "stageVariables", `"stageVariables" ends too early; write "stageVariables.NAME"`},
		{"empty stage variable", "stageVariables.", `"stageVariables." ends too early; write "stageVariables.NAME"`},
		{"no header", "method.request.header", `"method.request.header" ends too early; write "method.request.header.NAME"`},
		{"empty parameter", "method.request.querystring.", `"method.request.querystring." ends too early; write "method.request.querystring.NAME"`},
		{"no claim", "context.authorizer", `"context.authorizer" ends too early; write "context.authorizer.NAME"`},
		{"only a namespace", "context.envoy.metadata.acme", `"acme" is only a namespace of metadata; write "${context.envoy.metadata.acme/KEY}", with braces`},
		{"no namespace", "context.envoy.metadata./a", `"/a" has an empty part; write "NAMESPACE/KEY", or "NAMESPACE/KEY/KEY"`},
		{"two slashes", "context.envoy.metadata.a//b", `"a//b" has an empty part; write "NAMESPACE/KEY", or "NAMESPACE/KEY/KEY"`},
		{"no metadata", "context.envoy.metadata", `"context.envoy.metadata" ends too early; write "context.envoy.metadata.NAME"`},
		{"no filter state", "context.envoy.filterState.", `"context.envoy.filterState." ends too early; write "context.envoy.filterState.NAME"`},
		{"NUL", "context.envoy.filterState.a\x00b", `"a\x00b" has a NUL in it, which no name in Envoy has`},
		{"two dots", "context.envoy.attribute.a..b", `"a..b" has an empty part; write single dots, e.g. "connection.tls_version"`},
		{"metadata by dots", "context.envoy.attribute.metadata.filter_metadata.a.b", `attribute "metadata.filter_metadata.a.b": namespaces have dots in them; write "${context.envoy.metadata.NAMESPACE/KEY}"`},
		{"filter state by dots", "context.envoy.attribute.filter_state.a", `attribute "filter_state.a": keys have dots in them; write "${context.envoy.filterState.KEY}"`},
		{"request header as attribute", "context.envoy.attribute.request.headers.x-a", `attribute "request.headers.x-a": Envoy does not know it any more when the reply comes; write "${method.request.header.NAME}"`},
		{"request id as attribute", "context.envoy.attribute.request.id", `attribute "request.id": Envoy does not know it any more when the reply comes; write "$context.requestId"`},
		{"pseudo-header", "method.request.header.:path", `":path" in "method.request.header.:path" is not the name of a header, such as "x-request-id"`},
		{"space in a header", "response.header.a b", `"a b" in "response.header.a b" is not the name of a header, such as "x-request-id"`},
		{"long", "context." + strings.Repeat("x", 100), `unknown variable "context.` + strings.Repeat("x", 56) + `"...; docs/variables.md lists the names`},
		{"line break", "context.\npath", `unknown variable "context.\npath"; did you mean "context.path"?`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v, err := resolve(tc.in)
			if err == nil {
				t.Fatalf("Resolve(%q) = %+v, want an error", tc.in, v)
			}
			if got := worded(err); got != tc.want {
				t.Errorf("Resolve(%q):\ngot  %s\nwant %s", tc.in, got, tc.want)
			}
			if value, ok := v.Value(env()); ok || v.Form() != Text {
				t.Errorf("the variable that %q is not has the value %q and form %d, want neither", tc.in, value, v.Form())
			}
		})
	}
}

// worded is what a finding says of an error.
func worded(err error) string {
	var search nearest.Search
	if unknown, ok := errors.AsType[*UnknownError](err); ok {
		return unknown.Suggest(&search)
	}
	return err.Error()
}

// FuzzResolve: a name resolves to a variable that is called so and has a value or none without failing, or there is an
// error of one line.
func FuzzResolve(f *testing.F) {
	for _, row := range All() {
		f.Add(row.Name)
	}
	for _, name := range []string{"", ".", "context", "context.", "context..path", "stageVariables.", "method.request.header.:a", "method.requests.a.b", "\xff.\n"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if len(name) > 4<<10 {
			return
		}
		v, err := resolve(name)
		if err != nil {
			if message := worded(err); message == "" || strings.ContainsAny(message, "\r\n") || len(message) > 1000 {
				t.Errorf("Resolve(%q): bad message %q", name, message)
			}
			return
		}
		if v.Name() != name {
			t.Errorf("Resolve(%q) is called %q", name, v.Name())
		}
		if value, ok := v.Value(env()); !ok && value != "" {
			t.Errorf("Resolve(%q).Value() = %q, %v", name, value, ok)
		}
	})
}

// TestInputParams holds the order in which a parameter of AWS's old spelling is looked for.
func TestInputParams(t *testing.T) {
	v, err := resolve("method.input.params.Id")
	if err != nil {
		t.Fatal(err)
	}
	request := facts.Request{Headers: facts.Headers{{Name: ":path", Value: "/?Id=query&id=other"}, {Name: "id", Value: "header"}}}
	for _, tc := range []struct {
		name string
		env  Env
		want string
	}{
		{"path", Env{Facts: &facts.Facts{Request: request}, PathParameters: map[string]string{"Id": "path"}}, "path"},
		{"query", Env{Facts: &facts.Facts{Request: request}, PathParameters: map[string]string{"id": "path"}}, "query"},
		{"header", Env{Facts: &facts.Facts{Request: facts.Request{Headers: request.Headers[1:]}}}, "header"},
		{"none", Env{Facts: &facts.Facts{}}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, ok := v.Value(&tc.env); got != tc.want || ok != (tc.want != "") {
				t.Errorf("Value = %q, %t, want %q", got, ok, tc.want)
			}
		})
	}
}
