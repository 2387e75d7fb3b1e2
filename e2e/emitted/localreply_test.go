// SPDX-License-Identifier: Apache-2.0

package emitted

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/localreply"
	"gatewayresponses/internal/envoyrun"
)

// documents are what becomes of local_reply_config. What is left out of them no request here asks for.
var documents = []struct{ name, document string }{
	{"families", `{"gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {"statusCode": 503}}}`},
	{"one type each", `{"api": {"id": "shop", "stage": "prod"}, "stageVariables": {"docs": "https://docs.example.com/100%", "empty": ""}, "gatewayResponses": {
		"THROTTLED": {"statusCode": 503, "responseParameters": {"gatewayresponse.header.Retry-After": "'30'", "gatewayresponse.header.X-Empty": "stageVariables.empty"}},
		"EXPIRED_TOKEN": {"responseTemplates": {"application/problem+json": "{\"title\": $context.error.messageString, \"status\": $context.status, \"doc\": \"$stageVariables.docs\"}"}},
		"ACCESS_DENIED": {"statusCode": 404, "responseTemplates": {"text/html": "<h1>$context.status</h1> 50% of $context.apiId/$context.stage <p>$context.error.message</p>"}},
		"RESOURCE_NOT_FOUND": {"headers": {"X-Id": "<${context.requestId}>", "X-Kind": "$context.error.responseType 100%", "X-Text": "a\tb %REQ(:path)% é", "Set-Cookie": "a=b"},
			"responseTemplates": {"text/plain": "a\u0000b\r\n\u2028 %REQ(:path)% 404 403 {{x}} %s é 😀 \\ \"q\""}},
		"INTEGRATION_TIMEOUT": {"statusCode": 302, "headers": {"Location": "https://status.example.com/"}},
		"INTEGRATION_FAILURE": {"responseTemplates": {"text/plain": "was $context.envoy.originalStatus, is $context.status: 503 %RESPONSE_CODE% %%"}},
		"API_CONFIGURATION_ERROR": {"statusCode": 500}}}`},
	{"aws", `{"emulate": "aws", "gatewayResponses": {"UNAUTHORIZED": {"statusCode": "403"}, "DEFAULT_5XX": {"responseTemplates": {"application/json": "{\"m\":\"$context.error.message\"}"}}}}`},
	{"rules", `{"classification": [
		{"name": "keep", "when": {"details": ["local_rate_limited"]}, "leave": true},
		{"name": "gone", "when": {"details": ["direct_*"], "status": ["410"]}, "responseType": "X_GONE"},
		{"name": "roles", "when": {"filter": ["envoy.filters.http.rbac"]}, "responseType": "UNAUTHORIZED"},
		{"name": "bare", "when": {"details": ["*_found"], "status": ["5xx"]}, "responseType": "RESOURCE_NOT_FOUND"}],
		"gatewayResponses": {"X_GONE": {"responseTemplates": {"text/plain": "gone for good"}}, "UNAUTHORIZED": {"statusCode": 401}, "THROTTLED": {}, "RESOURCE_NOT_FOUND": {"statusCode": 404}}}`},
	{"nothing to say", `{"gatewayResponses": {"WAF_FILTERED": {}}}`},
}

// requests are refused by each filter, over HTTP and gRPC.
var requests = []envoytest.Request{
	{Path: "/none"},
	{Path: "/ok"},
	{Path: "/upstream-error"},
	{Path: "/direct"},
	{Path: "/jwt"},
	{Path: "/basic"},
	{Path: "/api-key"},
	{Path: "/rbac"},
	{Path: "/authz"},
	{Path: "/limited"},
	{Path: "/down"},
	{Path: "/no-host"},
	{Path: "/no-cluster"},
	{Path: "/slow"},
	{Path: "/jwt", Headers: http.Header{"Authorization": {"Bearer x.y.z"}}},
	{Path: "/basic", Headers: http.Header{"Authorization": {"Basic x"}}},
	{Path: "/api-key", Headers: http.Header{"X-Api-Key": {"x"}}},
	{Method: http.MethodPost, Path: "/large", Body: strings.Repeat("x", 4096)},
	{Method: http.MethodHead, Path: "/none"},
	{Method: http.MethodHead, Path: "/rbac"},
	{Method: http.MethodHead, Path: "/no-cluster"},
	{Method: http.MethodPost, Path: "/rbac", Headers: http.Header{"Content-Type": {"application/grpc"}, "Te": {"trailers"}}},
	{Method: http.MethodPost, Path: "/none", Headers: http.Header{"Content-Type": {"application/grpc+proto"}, "Te": {"trailers"}}},
	{Method: http.MethodPost, Path: "/rbac", Headers: http.Header{"Content-Type": {"application/grpc-web"}}},
}

// TestLocalReply: what is compiled into local_reply_config answers as the filter does, in status, headers and body, over HTTP/1.1
// and HTTP/2, and leaves what the filter leaves.
func TestLocalReply(t *testing.T) {
	for _, tc := range documents {
		t.Run(tc.name, func(t *testing.T) {
			settings := envoytest.Gateway(t, tc.document)
			settings.NoCompanions = true
			filter := envoytest.Start(t, settings)
			mappers := envoytest.StartFrom(t, withMappers(t, tc.document), withoutFilter())
			compare(t, filter, mappers, true)
		})
	}
}

// compare sends requests to a gateway with the filter and to one with mappers. Headers of some names may differ, and with grpc false
// what clients of gRPC get.
func compare(t *testing.T, filter, mappers *envoytest.Proxy, grpc bool, except ...string) {
	t.Helper()
	compared := 0
	for _, client := range envoytest.Clients {
		for _, r := range requests {
			if contentType := r.Headers.Get("Content-Type"); !grpc && strings.HasPrefix(contentType, "application/grpc") && contentType != "application/grpc-web" {
				continue
			}
			if r.Method == "" {
				r.Method = http.MethodGet
			}
			if r.Path == "/limited" { // the first request of all takes the only token
				send(t, filter, client, r, "first")
				send(t, mappers, client, r, "first")
			}
			id := envoytest.NewID()
			want, got := send(t, filter, client, r, id), send(t, mappers, client, r, id)
			for _, name := range except {
				want.Headers.Del(name)
				got.Headers.Del(name)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s %s %s %v (-filter +mappers):\n%s", client.Name, r.Method, r.Path, r.Headers, diff)
			}
			compared++
		}
	}
	t.Logf("%d replies compared", compared)
}

// send sends a request and returns what is to be the same in both replies.
func send(t *testing.T, p *envoytest.Proxy, client envoytest.Client, r envoytest.Request, id string) envoytest.Reply {
	t.Helper()
	reply := client.Send(t, "http://"+p.Address(t, "gateway"), id, r)
	for _, name := range []string{"Date", "X-Envoy-Upstream-Service-Time", "X-Ratelimit-Reset"} {
		reply.Headers.Del(name)
	}
	for _, value := range reply.Headers["Www-Authenticate"] { // names the port
		before, _, _ := strings.Cut(value, "127.0.0.1:")
		reply.Headers.Set("Www-Authenticate", before)
	}
	return reply
}

// withoutFilter are the settings of a gateway without our filter.
func withoutFilter() envoyrun.Settings {
	return envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway", Filter: envoyrun.FilterNone}}}
}

// withMappers is envoy.yaml with what is compiled of a document in the place of the companion mappers.
func withMappers(t *testing.T, document string) []byte {
	t.Helper()
	decoded, found := config.Decode([]byte(document))
	if found.HasErrors() {
		t.Fatal(found)
	}
	compiled, left := localreply.Compile(decoded)
	if left.HasErrors() {
		t.Fatalf("the test is about what is not left out: %v", left)
	}
	return withLocalReplyConfig(t, compiled.YAML())
}

// withLocalReplyConfig is envoy.yaml with another local_reply_config in the place of the companion mappers.
func withLocalReplyConfig(t *testing.T, config string) []byte {
	t.Helper()
	before, rest, found1 := strings.Cut(string(envoytest.Template), "          # begin companions\n")
	_, after, found2 := strings.Cut(rest, "          # end companions\n")
	if !found1 || !found2 {
		t.Fatal("envoy.yaml has no region companions")
	}
	const mark = "          # begin companions\n"
	return []byte(before + mark + "          local_reply_config:\n" + emit.Indent(12, config) + "          # end companions\n" + after)
}
