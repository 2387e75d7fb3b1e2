// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"

	"gatewayresponses/e2e/envoytest"
)

// filterRows are the replies of filters that have to do with neither access nor rates.
var filterRows = []provocation{
	{name: "fault", details: "fault_filter_abort", filter: "fault", envoy: "DEFAULT_5XX"},
	{
		name: "mutation", details: "filter_removed_required_request_headers{<status_message_underscored>}", filter: "mutation",
		action: "route: {cluster: hangs}", envoy: "DEFAULT_5XX",
	},
	{name: "lua", details: "lua_response", filter: "lua", envoy: "-"},
	{
		name: "buffer", details: "request_payload_too_large", filter: "buffer", envoy: "REQUEST_TOO_LARGE",
		request: envoytest.Request{Method: http.MethodPost, Body: "more than four bytes"},
	},
	{
		name: "admission", details: "denied_by_admission_control", filter: "admission", tries: 100, envoy: "INTEGRATION_FAILURE",
		action: "route: {cluster: fails}",
	},
	{name: "loop-header", details: "invalid_cdn_loop_header", filter: "cdn-loop", request: header("Cdn-Loop", "["), envoy: "BAD_REQUEST_PARAMETERS"},
	{name: "loop", details: "cdn_loop_detected", filter: "cdn-loop", request: header("Cdn-Loop", "here"), envoy: "DEFAULT_5XX"},
	{
		name: "dns-overflow", details: "dns_cache_overflow", filter: "names-full", envoy: "INTEGRATION_FAILURE",
		action: "route: {cluster: names, host_rewrite_literal: other.invalid}",
	},
	{
		name: "dns-pending", details: "dynamic_forward_proxy_pending_request_overflow", filter: "names-pending", envoy: "INTEGRATION_FAILURE",
		action: "route: {cluster: names, host_rewrite_literal: pending.invalid}",
	},
	{
		name: "dns-fails", details: "dns_resolution_failure{<dns details>}", filter: "names", envoy: "INTEGRATION_FAILURE",
		action: "route: {cluster: names, host_rewrite_literal: fails.invalid}",
	},
	{name: "health", details: "health_check_ok", filter: "health", envoy: "-"},
	{name: "health-cluster", details: "health_check_ok_cluster_healthy", filter: "health-cluster", envoy: "-"},
	{name: "health-none", details: "health_check_failed_no_cluster_found", filter: "health-none", envoy: "-"},
	{name: "health-empty", details: "health_check_failed_cluster_empty", filter: "health-empty", envoy: "-"},
	{name: "health-bad", details: "health_check_failed_cluster_unhealthy", filter: "health-bad", envoy: "-"},
	{
		name: "grpc-web-size", details: "grpc_base_64_decode_failed_bad_size", filter: "grpc-web", envoy: "BAD_REQUEST_BODY",
		request: envoytest.Request{Method: http.MethodPost, Headers: http.Header{"Content-Type": {"application/grpc-web-text"}}, Body: "abc"},
	},
	{
		name: "grpc-web-text", details: "grpc_base_64_decode_failed", filter: "grpc-web", envoy: "BAD_REQUEST_BODY",
		request: envoytest.Request{Method: http.MethodPost, Headers: http.Header{"Content-Type": {"application/grpc-web-text"}}, Body: "!!!!"},
	},
	{name: "processor-down", details: "ext_proc_error_gRPC_error_<n>{<message>}", filter: "processor-down", envoy: "DEFAULT_5XX"},
	{
		name: "processor-slow", details: "ext_proc_error_per-message_timeout_exceeded", filter: "processor-slow",
		envoy: "DEFAULT_5XX",
	},
	{name: "cache-cluster", details: "cache_no_cluster", filter: "cache", action: "route: {cluster: missing}", envoy: "API_CONFIGURATION_ERROR"},
	{
		name: "cache-hit", details: "cache.response_from_cache_filter", filter: "cache", action: "route: {cluster: cached}", tries: 20,
		envoy: "-",
	},
	{
		name: "file-method", details: "file_server_rejected_method", filter: "files", since: 39,
		request: envoytest.Request{Method: http.MethodPost}, envoy: "DEFAULT_4XX",
	},
	{name: "file-none", details: "file_server_stat_error", filter: "files", since: 39, envoy: "RESOURCE_NOT_FOUND"},
	{
		name: "file-folder", details: "file_server_no_valid_directory_behavior", filter: "files-folder", since: 39, envoy: "ACCESS_DENIED",
	},
	{
		name: "file-envoy.yaml", details: "file_server", filter: "files-own", since: 39, envoy: "-",
	},
	{
		name: "range-envoy.yaml", details: "file_server_range_not_satisfiable", filter: "files-range", since: 39,
		request: header("Range", "bytes=999999-"), envoy: "DEFAULT_4XX",
	},
	{name: "mcp-none", details: "mcp_reject_no_mcp", filter: "mcp", since: 39, envoy: "DEFAULT_4XX"},
	{name: "mcp-rpc", details: "mcp_not_jsonrpc", filter: "mcp", since: 39, request: jsonPost(`{"a": 1}`), envoy: "BAD_REQUEST_BODY"},
	{name: "mcp-large", details: "mcp_body_too_large", filter: "mcp-small", since: 39, request: jsonPost(`{"jsonrpc": "2.0"}`), envoy: "REQUEST_TOO_LARGE"},
}

// jsonPost is a request as clients of MCP send it.
func jsonPost(body string) envoytest.Request {
	return envoytest.Request{Method: http.MethodPost, Body: body, Headers: http.Header{
		"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"},
	}}
}

// oauthRows are the replies of oauth2. Each path under /oauth-cb is one that the authorization server sends browsers to.
var oauthRows = []provocation{
	{name: "oauth-login", details: "oauth.missing_credentials", filter: "oauth", envoy: "-"},
	{name: "oauth-out", details: "oauth.sign_out", filter: "oauth", envoy: "-"},
	{
		name: "oauth-denied", details: "Unauthorized, and redirecting to OAuth server is not allowed: <path>", filter: "oauth",
		request: header("X-Script", "1"), envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-error", details: "OAuth server returned an error: <v>", filter: "oauth",
		request: envoytest.Request{Path: "?error=refused"}, envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-query", details: "Code or state query param does not exist: <v>", filter: "oauth",
		request: envoytest.Request{Path: "?code=1"}, envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-state", details: "State query param is not a valid JSON: <v>", filter: "oauth",
		request: envoytest.Request{Path: "?code=1&state=" + envoytest.Base64URL("{")}, envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-url", details: "State query param does not contain url or CSRF token: <v>", filter: "oauth",
		request: envoytest.Request{Path: "?code=1&state=" + envoytest.Base64URL("{}")}, envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-csrf", details: "CSRF token validation failed", filter: "oauth",
		request: envoytest.Request{Path: "?code=1&state=" + envoytest.Base64URL(`{"url":"http://gateway.example.com/","csrf_token":"x","flow_id":"x"}`)},
		envoy:   "UNAUTHORIZED",
	},
}
