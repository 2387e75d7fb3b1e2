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
