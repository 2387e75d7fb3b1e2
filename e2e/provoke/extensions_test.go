// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"

	"gatewayresponses/e2e/envoytest"
)

// extensionFilters are filters that protect upstreams, serve files and run code.
var extensionFilters = []provokedFilter{
	{
		Name: "quota", Kind: "rate_limit_quota.v3.RateLimitQuotaFilterConfig",
		Config: "domain: demo\nrlqs_server: {envoy_grpc: {cluster_name: hangs-h2}}\nbucket_matchers:\n  on_no_match:\n    action:\n" +
			"      name: deny\n      typed_config:\n" +
			"        \"@type\": " + envoytest.HTTPFilters + "rate_limit_quota.v3.RateLimitQuotaBucketSettings\n" +
			"        bucket_id_builder: {bucket_id_builder: {name: {string_value: all}}}\n" +
			"        no_assignment_behavior: {fallback_rate_limit: {blanket_rule: DENY_ALL}}\n" +
			"        reporting_interval: 60s",
	},
	{
		Name: "concurrency", Kind: "adaptive_concurrency.v3.AdaptiveConcurrency",
		Config: "gradient_controller_config:\n  sample_aggregate_percentile: {value: 50}\n" +
			"  concurrency_limit_params: {concurrency_update_interval: 1s}\n" +
			"  min_rtt_calc_params: {interval: 60s, request_count: 50, min_concurrency: 1}",
	},
	health("health-fails", ""),
	{
		Name: "health-cached", Kind: "health_check.v3.HealthCheck",
		Config: "pass_through_mode: true\ncache_time: 60s\nheaders: [{name: \":path\", string_match: {exact: /health-cached}}]",
	},
	{Name: "lua-method", Kind: "lua.v3.Lua", Config: luaConfig(`h:headers():remove(":method")`)},
	{
		Name: "files-list", Kind: "file_server.v3.FileServerConfig", since: 39,
		Config: "manager_config: {thread_pool: {thread_count: 1}}\n" +
			"path_mappings: [{request_path_prefix: /file-list, file_path_prefix: /}]\ndirectory_behaviors: [{list: {}}]",
	},
	files("files-descriptor", "/descriptor-", "/proc/self/fd/"),
}

// extensionRows are the replies of these filters.
var extensionRows = []provocation{
	{name: "quota", details: "rate_limited_by_quota", filter: "quota", since: 39, envoy: "QUOTA_EXCEEDED"},
	{
		name: "concurrency", details: "reached_concurrency_limit", filter: "concurrency", action: "route: {cluster: hangs, timeout: 1s}",
		beside: 1, envoy: "INTEGRATION_FAILURE",
	},
	{
		name: "cache-no-route", details: "cache_no_route", filter: "cache", action: "direct_response: {status: 200}",
		envoy: "RESOURCE_NOT_FOUND", aws: "MISSING_AUTHENTICATION_TOKEN",
	},
	{
		name: "health-cached", details: "health_check_cached", filter: "health-cached", action: "route: {cluster: cached}", tries: 3,
		envoy: "-",
	},
	{name: "file-list", details: "file_server_list_not_implemented", filter: "files-list", since: 39, envoy: "ACCESS_DENIED"},
	{
		// The first descriptor of Envoy is an epoll instance, which nobody can open.
		name: "descriptor-3", details: "file_server_open_error", filter: "files-descriptor", since: 39, envoy: "RESOURCE_NOT_FOUND",
	},
	{
		name: "descriptor-1", details: "file_server_rejected_missing_method", filter: "files-descriptor", also: "lua-method", since: 39,
		envoy: "DEFAULT_4XX",
	},
	{
		name: "file-a%2F..%2Fb", details: "file_server_rejected_non_normalized_path", filter: "files", since: 39, envoy: "DEFAULT_4XX",
	},
	{
		name: "file-body", details: "file_server_rejected_not_end_stream", filter: "files", since: 39, envoy: "DEFAULT_4XX",
		request: envoytest.Request{Method: http.MethodGet, Body: "x"},
	},
	{name: "passes", details: "via_upstream", action: "route: {cluster: refuses}", envoy: "-"},
	{
		name: "plugin", details: "<plugin supplied; empty from Go SDK>", says: "by_the_plugin", filter: "replier", envoy: "-",
		request: envoytest.Request{Headers: http.Header{"X-Replier-Status": {"403"}, "X-Replier-Details": {"by_the_plugin"}}},
	},
	{name: "trap", details: "wasm_fail_stream", filter: "trap", envoy: "DEFAULT_5XX", request: header("X-Replier-Trap", "1")},
}
