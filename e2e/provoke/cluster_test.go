// SPDX-License-Identifier: Apache-2.0

package provoke

// clusterRows are the replies of the router for clusters that cannot be used, or only once.
var clusterRows = []provocation{
	{name: "drops", details: "drop_overload", action: "route: {cluster: drops}", tries: 100, envoy: "INTEGRATION_FAILURE"},
	{name: "drops-all", details: "unconditional_drop_overload", action: "route: {cluster: drops-all}", envoy: "INTEGRATION_FAILURE"},
	reset("no-address", "local_connection_failure", "no-address"),
	reset("resets-connect", "remote_error_with_CONNECT_request", "resets-connect"),
	{
		name: "retry-limit", details: "request_payload_exceeded_retry_buffer_limit", envoy: "INTEGRATION_FAILURE",
		action: "per_request_buffer_limit_bytes: 4\nroute: {cluster: down, retry_policy: {retry_on: connect-failure, num_retries: 3, " +
			"retry_back_off: {base_interval: 60s, max_interval: 60s}}}",
		partial: "Content-Length: 10\r\n\r\nhalf", rest: " a body",
	},
}
