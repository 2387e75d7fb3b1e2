// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"strings"
	"testing"

	"gatewayresponses/internal/code"
)

// entries is a document with entries.
func entries(members string) string { return `{"gatewayResponses":{` + members + `}}` }

// asAWS is the same in AWS's dialect.
func asAWS(members string) string { return `{"emulate":"aws","gatewayResponses":{` + members + `}}` }

func TestJSONForSomeValues(t *testing.T) {
	runCases(t, code.JSONForSomeValues, []lintCase{
		{"in quotes", `{"escaping":"aws","gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"application/json":"{\"a\":\"@$context.path\"}"}}}}`},
		{"without a value", `{"escaping":"aws","gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"application/json":"{\"a\":@$context.status}"}}}}`},
		{"escaped by a filter", `{"escaping":"aws","gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"application/json":"{\"a\":\"${context.path|json}\"}"}}}}`},
		{"the message", `{"escaping":"aws","gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"application/json":"{\"a\":$context.error.messageString}"}}}}`},
		{"escaped", entries(`"ACCESS_DENIED":{"responseTemplates":{"application/json":"{\"a\":\"$context.path\",\"b\":$context.status,\"c\":$context.path}"}}`)},
		{"no JSON", `{"escaping":"aws","gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"text/plain":"{\"a\":\"$context.path\"}"}}}}`},
	})
}

func TestMissingTokenAs404(t *testing.T) {
	runCases(t, code.MissingTokenAs404, []lintCase{
		{"404", entries(`@"MISSING_AUTHENTICATION_TOKEN":{"statusCode":404}`)},
		{"AWS", asAWS(`"MISSING_AUTHENTICATION_TOKEN":{"statusCode":404}`)},
		{"route as AWS", `{"routes":[{"name":"a","emulate":"aws","gatewayResponses":{"MISSING_AUTHENTICATION_TOKEN":{"statusCode":404}}}]}`},
		{"401", entries(`"MISSING_AUTHENTICATION_TOKEN":{"statusCode":401}`)},
	})
}

func TestNoChallenge(t *testing.T) {
	runCases(t, code.NoChallenge, []lintCase{
		{"made a 401", entries(`@"ACCESS_DENIED":{"statusCode":401}`)},
		{"made a 401 with it", entries(`"ACCESS_DENIED":{"statusCode":401,"headers":{"WWW-Authenticate":"Bearer"}}`)},
		{"Envoy's own stays", entries(`"UNAUTHORIZED":{}`)},
		{"Envoy's own removed", entries(`@"UNAUTHORIZED":{"headers":{"www-authenticate":""}}`)},
		{"an API key", entries(`@"INVALID_API_KEY":{}`)},
		{"an API key as 403", entries(`"INVALID_API_KEY":{"statusCode":403}`)},
		{"a class of errors", entries(`"DEFAULT_4XX":{}`)},
		{"a class that becomes 401", entries(`@"DEFAULT_4XX":{"statusCode":401}`)},
		{"observed", `{"mode":"observe","gatewayResponses":{@"ACCESS_DENIED":{"statusCode":401}}}`},
		{"observed in a route", `{"routes":[{"name":"a","mode":"observe","gatewayResponses":{@"ACCESS_DENIED":{"statusCode":401}}}]}`},
	})
}

func TestNoRetryAfter(t *testing.T) {
	runCases(t, code.NoRetryAfter, []lintCase{
		{"without", entries(`@"THROTTLED":{}`)},
		{"with", entries(`"THROTTLED":{"headers":{"Retry-After":"30"}}`)},
		{"from the rate limiter's header", entries(`"THROTTLED":{"responseParameters":{"gatewayresponse.header.Retry-After":"response.header.x-ratelimit-reset"}}`)},
		{"removed", entries(`@"THROTTLED":{"headers":{"Retry-After":""}}`)},
		{"as 503", entries(`"THROTTLED":{"statusCode":503}`)},
		{"in a route", `{"routes":[{"name":"a","match":{"path":"/a/{b}"},"gatewayResponses":{@"THROTTLED":{}}}]}`},
		{"a class of errors", entries(`"DEFAULT_4XX":{}`)},
	})
}

func TestClosingStatus(t *testing.T) {
	runCases(t, code.ClosingStatus, []lintCase{
		{"header-only", entries(`@"RESOURCE_NOT_FOUND":{"statusCode":400}`)},
		{"without a body", entries(`"RESOURCE_NOT_FOUND":{"statusCode":400,"responseTemplates":{"text/plain":""}}`)},
		{"with a body of Envoy", entries(`"REQUEST_TOO_LARGE":{"statusCode":400}`)},
		{"another status", entries(`"RESOURCE_NOT_FOUND":{"statusCode":410}`)},
	})
}

func TestCacheablePerRequest(t *testing.T) {
	const (
		body  = `"responseTemplates":{"text/plain":"id $context.requestId"}`
		found = `"responseTemplates":{"text/plain":"id @$context.requestId"}`
	)
	runCases(t, code.CacheablePerRequest, []lintCase{
		{"404", entries(`"RESOURCE_NOT_FOUND":{` + found + `}`)},
		{"a class of errors", entries(`"DEFAULT_4XX":{` + found + `}`)},
		{"410 in a header", entries(`"ACCESS_DENIED":{"statusCode":410,"responseParameters":{"gatewayresponse.header.x-ip":@"context.identity.sourceIp"}}`)},
		{"not stored", entries(`"RESOURCE_NOT_FOUND":{"headers":{"cache-control":"public, No-Store"},` + body + `}`)},
		{"stored", entries(`"RESOURCE_NOT_FOUND":{"headers":{"cache-control":"max-age=60"},` + found + `}`)},
		{"403", entries(`"ACCESS_DENIED":{` + body + `}`)},
		{"the path", entries(`"RESOURCE_NOT_FOUND":{"responseTemplates":{"text/plain":"no $context.path"}}`)},
	})
}

func TestSecrets(t *testing.T) {
	in := func(text string) string {
		return entries(`"ACCESS_DENIED":{"responseTemplates":{"text/plain":"` + text + `"}}`)
	}
	runCases(t, code.SecretInReply, []lintCase{
		{"header", in("@$method.request.header.Cookie")},
		{"query", in("@$method.request.querystring.access_token")},
		{"API key", in("@$context.identity.apiKey")},
		{"token of a cloud", in("@AKIAIOSFODNN7EXAMPLE")},
		{"private key", in("@PRIVATE KEY-----")},
		{"mapping", entries(`"ACCESS_DENIED":{"responseParameters":{"gatewayresponse.header.a":@"method.request.header.x-api-key"}}`)},
		{"stage variable", `{"stageVariables":{"a":"@ghp_0123456789abcdef"}}`},
		{"a short word", in("AKIA")},
		{"other headers", in("$method.request.header.accept $context.requestId")},
	})
}

func TestLargeBodies(t *testing.T) {
	in := func(mark string, length int) string {
		return entries(`"ACCESS_DENIED":{"responseTemplates":{"text/plain":` + mark + `"` + strings.Repeat("a", length) + `"}}`)
	}
	runCases(t, code.LargeBody, []lintCase{
		{"8 KiB", in("", maxBody)},
		{"more", in("@", maxBody+1)},
	})
}

func TestStatuses(t *testing.T) {
	runCases(t, code.FailureAsSuccess, []lintCase{
		{"200", entries(`@"THROTTLED":{"statusCode":200}`)},
		{"302", entries(`"THROTTLED":{"statusCode":302}`)},
		{"none", entries(`"THROTTLED":{}`)},
	})
	runCases(t, code.ServerErrorAsClientError, []lintCase{
		{"5xx to 4xx", entries(`@"DEFAULT_5XX":{"statusCode":404}`)},
		{"5xx to 5xx", entries(`"DEFAULT_5XX":{"statusCode":503}`)},
		{"4xx to 4xx", entries(`"DEFAULT_4XX":{"statusCode":404}`)},
		{"by a rule", `{"classification":[{"when":{"details":["no_healthy_upstream"]},"responseType":"THROTTLED"}],"gatewayResponses":{@"THROTTLED":{"statusCode":429}}}`},
		{"as AWS", asAWS(`"INTEGRATION_FAILURE":{}`)},
	})
	runCases(t, code.RedirectOfWrites, []lintCase{
		{"of all", entries(`@"UNAUTHORIZED":{"statusCode":303,"headers":{"location":"/login"}}`)},
		{"without a place", entries(`"UNAUTHORIZED":{"statusCode":304}`)},
		{"of GET", `{"routes":[{"name":"a","match":{"methods":["GET","HEAD"]},"gatewayResponses":{"UNAUTHORIZED":{"statusCode":303,"headers":{"location":"/login"}}}}]}`},
		{"of POST", `{"routes":[{"name":"a","match":{"methods":["GET","POST"]},"gatewayResponses":{@"UNAUTHORIZED":{"statusCode":303,"headers":{"location":"/login"}}}}]}`},
	})
}

func TestRawClientValues(t *testing.T) {
	in := func(text string) string {
		return `{"escaping":"aws","gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"text/plain":"` + text + `"}}}}`
	}
	runCases(t, code.RawClientValue, []lintCase{
		{"client", in("a @$context.path")},
		{"gateway", in("$context.status $context.error.message")},
		{"escaped", entries(`"ACCESS_DENIED":{"responseTemplates":{"text/plain":"$context.path"}}`)},
		{"escaped in a route", `{"escaping":"aws","routes":[{"name":"a","escaping":"auto","gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"text/plain":"$context.path"}}}}]}`},
	})
}

func TestEchoedOriginWithCredentials(t *testing.T) {
	runCases(t, code.EchoedOriginWithCredentials, []lintCase{
		{"echoed", entries(`"DEFAULT_4XX":{"responseParameters":{"gatewayresponse.header.Access-Control-Allow-Origin":@"method.request.header.Origin",` +
			`"gatewayresponse.header.Access-Control-Allow-Credentials":"'true'"}}`)},
		{"without credentials", entries(`"DEFAULT_4XX":{"headers":{"access-control-allow-origin":"$method.request.header.origin"}}`)},
		{"one origin", entries(`"DEFAULT_4XX":{"headers":{"access-control-allow-origin":"https://a.example","access-control-allow-credentials":"true"}}`)},
	})
}

func TestDeclaredByAnybody(t *testing.T) {
	runCases(t, code.DeclaredByAnybody, []lintCase{
		{"upstream", `{@"declared":{"header":"x-type","source":"upstream"}}`},
		{"any", `{@"declared":{"header":"x-type","source":"any"}}`},
		{"any, with a filter", `{"declared":{"header":"x-type","source":"any","filter":["ext_authz"]}}`},
		{"local", `{"declared":{"header":"x-type"}}`},
	})
}

func TestDeclaredDespiteFilter(t *testing.T) {
	runCases(t, code.DeclaredDespiteFilter, []lintCase{
		{"any", `{@"declared":{"header":"x-type","source":"any","filter":["ext_authz"]}}`},
		{"any, without a filter", `{"declared":{"header":"x-type","source":"any"}}`},
		{"upstream, which has a warning", `{"declared":{"header":"x-type","source":"upstream","filter":["ext_authz"]}}`},
		{"local", `{"declared":{"header":"x-type","filter":["ext_authz"]}}`},
	})
}

func TestUnusedEntries(t *testing.T) {
	runCases(t, code.UnusedEntry, []lintCase{
		{"nothing raises it", entries(`@"WAF_FILTERED":{}`)},
		{"a rule names it", `{"classification":[{"when":{"filter":["coraza"]},"responseType":"WAF_FILTERED"}],"gatewayResponses":{"WAF_FILTERED":{}}}`},
		{"a producer may", `{"declared":{"header":"x-type"},"gatewayResponses":{"WAF_FILTERED":{}}}`},
		{"all that Envoy raises", entries(`"THROTTLED":{},"UNAUTHORIZED":{},"DEFAULT_4XX":{},"DEFAULT_5XX":{},"INTEGRATION_TIMEOUT":{},"EXPIRED_TOKEN":{}`)},
		{"of AWS's dialect", asAWS(`@"EXPIRED_TOKEN":{}`)},
		{"of a route in AWS's dialect", `{"routes":[{"name":"a","emulate":"aws","gatewayResponses":{"MISSING_AUTHENTICATION_TOKEN":{}}}]}`},
		{"a rule leaves all", `{"classification":[{"when":{"status":[404]},"leave":true}],"gatewayResponses":{@"RESOURCE_NOT_FOUND":{}}}`},
		{"off", `{"mode":"off","gatewayResponses":{@"THROTTLED":{}}}`},
		{"off but for a route", `{"mode":"off","gatewayResponses":{"THROTTLED":{}},"routes":[{"name":"a","mode":"rewrite"}]}`},
		{"route that is off", `{"routes":[{"name":"a","mode":"off","gatewayResponses":{@"THROTTLED":{}}}]}`},
	})
}
