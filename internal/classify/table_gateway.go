// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/config"

var (
	// noRoute is a request for which the API has nothing. AWS pretends that a token is missing.
	noRoute = types{envoy: config.ResourceNotFound, aws: config.MissingAuthenticationToken}
	// brokenRoute is a route that leads nowhere by configuration. RESOURCE_NOT_FOUND would be a lie that caches remember.
	brokenRoute = types{envoy: config.APIConfigurationError}
)

// routes are the details of requests that the configuration sends nowhere.
var routes = family{
	title: "Routes",
	about: "A route whose cluster is missing is a fault of the configuration. To call it RESOURCE_NOT_FOUND would tell clients and caches that there is no such resource.",
	rows: []row{
		{pattern: "route_not_found", types: noRoute},
		{pattern: "cache_no_route", types: noRoute},
		{pattern: "early_grpc_json_transcode_failure{NOT_FOUND}", types: noRoute, remark: "the path maps to no gRPC method, and the transcoder is strict"},
		{pattern: "early_grpc_json_reverse_transcode_failure{NOT_FOUND}", types: noRoute, remark: "400; the path is no gRPC method"},
		{pattern: "cluster_not_found", types: brokenRoute, remark: "503, or the status that the route sets"},
		{pattern: "cache_no_cluster", types: brokenRoute},
		{pattern: "dynamic_forward_proxy_cluster_is_gone", types: brokenRoute},
		{pattern: "failed_to_inject_credential", types: brokenRoute, remark: "the gateway's own credential for the upstream: the 401 is not the client's fault"},
		{pattern: "bound_token_fingerprint_unavailable", types: brokenRoute, remark: "the gateway has no client certificate to bind its token to"},
	},
}

// filters are the details of failures that no type of AWS describes.
var filters = family{
	title: "Other filters",
	about: "Failures of Envoy's own parts: neither the client's request nor the upstream is at fault.",
	rows: []row{
		{pattern: "fault_filter_abort", remark: "an injected fault looks like the error that it stands for"},
		{pattern: "ext_proc_error_*", types: types{envoy: anyFamily}, remark: "the external processor failed; it is neither authorizer nor upstream, whatever status the owner chose"},
		{pattern: "wasm_fail_stream", remark: "a Wasm plugin crashed"},
		{pattern: "dynamic_module_filter_init_failed", remark: "since Envoy 1.40"},
		{pattern: "cdn_loop_detected"},
		{pattern: "file_server_*", remark: "404 for no such file, 403 for one that may not be read"},
		{pattern: "response_payload_too_large", remark: "more than a filter may buffer"},
		{pattern: "connect_bridge_unary_response_too_large"},
		{pattern: "filter_added_invalid_re*_data", remark: "a filter broke the request or the reply"},
		{pattern: "filter_removed_required_re*_headers*", remark: "a filter broke the request or the reply"},
	},
}
