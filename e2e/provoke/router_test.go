// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"

	"gatewayresponses/e2e/envoytest"
)

// routerRows are the replies that the router makes before it sends anything.
var routerRows = []provocation{
	{name: "no-route", details: "route_not_found", action: noRoute, envoy: "RESOURCE_NOT_FOUND", aws: "MISSING_AUTHENTICATION_TOKEN"},
	{name: "direct", details: "direct_response", action: "direct_response: {status: 410, body: {inline_string: gone}}", envoy: "-"},
	{name: "no-cluster", details: "cluster_not_found", action: "route: {cluster: missing}", envoy: "API_CONFIGURATION_ERROR"},
	{
		name: "strict", details: "request_headers_failed_strict_check{<header_name>}",
		request: envoytest.Request{Headers: http.Header{
			"X-Envoy-Upstream-Rq-Timeout-Ms": {"soon"}, "X-Forwarded-For": {"10.0.0.1"}, // Envoy removes it from external requests
		}},
		envoy: "BAD_REQUEST_PARAMETERS",
	},
	{name: "maintained", details: "maintenance_mode", action: "route: {cluster: maintained}", envoy: "INTEGRATION_FAILURE"},
	{name: "no-host", details: "no_healthy_upstream", action: "route: {cluster: empty}", envoy: "INTEGRATION_FAILURE"},
	{name: "timeout", details: "response_timeout", action: "route: {cluster: hangs, timeout: 0.2s}", envoy: "INTEGRATION_TIMEOUT"},
	{
		name: "try-timeout", details: "upstream_per_try_timeout", envoy: "INTEGRATION_TIMEOUT",
		action: "route: {cluster: hangs, retry_policy: {per_try_timeout: 0.2s}}",
	},
	{
		name: "try-idle", details: "upstream_per_try_idle_timeout", envoy: "INTEGRATION_TIMEOUT",
		action: "route: {cluster: hangs, retry_policy: {per_try_idle_timeout: 0.2s}}",
	},
	{name: "brief", details: "upstream_max_stream_duration_reached", action: "route: {cluster: brief}", envoy: "INTEGRATION_TIMEOUT"},
}

// reset is a row for a cluster whose upstream breaks off.
func reset(name, reason, cluster string) provocation {
	return provocation{
		name: name, details: "upstream_reset_before_response_started{" + reason + "[|<transport_failure_reason>]}",
		action: "route: {cluster: " + cluster + "}", envoy: "INTEGRATION_FAILURE",
	}
}

// upstreamRows are the ways in which an upstream breaks off.
var upstreamRows = []provocation{
	reset("refused", "remote_connection_failure", "down"),
	reset("connect-timeout", "connection_timeout", "handshake"),
	reset("closes", "connection_termination", "closes"),
	reset("babbles", "protocol_error", "babbles"),
	reset("full", "overflow", "full"),
	reset("resets", "remote_reset", "resets"),
	reset("refuses-h2", "remote_refused_stream_reset", "refuses-h2"),
}

// halfBody is a body of which the rest does not come.
const halfBody = "Content-Length: 10\r\n\r\nhalf"

// timerRows are the timers of the connection manager. While the body comes the client is slow, later the upstream is.
var timerRows = []provocation{
	{
		name: "idle", details: "stream_idle_timeout", action: "route: {cluster: hangs, idle_timeout: 0.3s}", partial: halfBody,
		envoy: "DEFAULT_4XX",
	},
	{
		name: "idle-upstream", details: "stream_idle_timeout", action: "route: {cluster: hangs, idle_timeout: 0.3s}",
		envoy: "INTEGRATION_TIMEOUT",
	},
	{name: "overall", details: "request_overall_timeout", action: "route: {cluster: hangs}", partial: halfBody, envoy: "DEFAULT_4XX"},
	{
		name: "long", details: "max_duration_timeout", partial: halfBody, envoy: "DEFAULT_4XX",
		action: "route: {cluster: hangs, max_stream_duration: {max_stream_duration: 0.3s}}",
	},
	{
		name: "long-upstream", details: "max_duration_timeout", envoy: "INTEGRATION_TIMEOUT",
		action: "route: {cluster: hangs, max_stream_duration: {max_stream_duration: 0.3s}}",
	},
}

// protocolRows are requests that go wrong after the filters have seen their head.
var protocolRows = []provocation{
	{
		name: "chunk", details: "http1.codec_error", action: "route: {cluster: hangs}",
		partial: "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\nnot a chunk\r\n", envoy: "DEFAULT_4XX",
	},
	{
		name: "trailer-size", details: "http1.headers_too_large", action: "route: {cluster: hangs}", envoy: "DEFAULT_4XX",
		partial: "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Long: " + long + "\r\n\r\n",
	},
	{
		name: "trailer-characters", details: "http1.invalid_characters", action: "route: {cluster: hangs}", envoy: "DEFAULT_4XX",
		partial: "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Bad: \x01\r\n\r\n",
	},
}
