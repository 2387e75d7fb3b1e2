// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/config"

// failed is an upstream without a reply that can be used.
var failed = types{envoy: config.IntegrationFailure}

// failures are the details of requests for which there is no reply of an upstream, or none that can be used.
var failures = family{
	title: "Upstreams that failed",
	rows: []row{
		{
			pattern: "upstream_reset_before_response_started*", types: failed,
			remark: "not connected, reset, ended, refused, protocol broken; a connection that timed out as well, as on AWS; `{overflow}` too: the limit is the upstream's, not the client's, so it is not THROTTLED",
		},
		{pattern: "no_healthy_upstream", types: failed},
		{pattern: "maintenance_mode", types: failed, remark: "switched on for the cluster at run time; to the client the upstream is not there"},
		{pattern: "drop_overload", types: failed, remark: "the control plane drops a share of the cluster's requests"},
		{pattern: "unconditional_drop_overload", types: failed},
		{pattern: "request_payload_exceeded_retry_buffer_limit", types: failed, remark: "a try failed, and the body was too large to send it again"},
		{pattern: "denied_by_admission_control", types: failed, remark: "too many requests to the upstream failed"},
		{pattern: "reached_concurrency_limit", status: 429, types: types{envoy: config.Throttled}, remark: "the owner wants it to look like throttling"},
		{pattern: "reached_concurrency_limit", types: failed, remark: "the upstream got slow"},
		{pattern: "dns_resolution_failure*", types: failed},
		{pattern: "dns_cache_overflow", types: failed},
		{pattern: "no_host", types: failed, remark: "the upstream's name has no address"},
		{pattern: "dynamic_forward_proxy_pending_request_overflow", types: failed},
		{pattern: "sub_cluster_*", types: failed, remark: "the dynamic forward proxy cannot make a cluster for the host"},
		{pattern: "cache_upstream_reset", types: failed},
		{pattern: "grpc_bridge_content_*", types: failed, remark: "the upstream's reply is not what the bridge can translate"},
		{pattern: "mismatched_checksum", types: failed, remark: "the upstream's body is not the one expected"},
		{pattern: "checksum_but_no_body", types: failed},
	},
}
