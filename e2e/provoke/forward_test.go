// SPDX-License-Identifier: Apache-2.0

package provoke

import "gatewayresponses/e2e/envoytest"

// rewritten turns dynamic_forward_proxy on, with the host that a header of the request names.
func rewritten(header string) string {
	return `{"@type": ` + envoytest.HTTPFilters + `dynamic_forward_proxy.v3.PerRouteConfig, host_rewrite_header: ` + header + `}`
}

// forwardFilters are variants of dynamic_forward_proxy.
var forwardFilters = []provokedFilter{
	{Name: "sub-names", Kind: "dynamic_forward_proxy.v3.FilterConfig", Config: "sub_cluster_config: {cluster_init_timeout: 0.1s}"},
}

// forwardRows are the replies of dynamic_forward_proxy to requests for hosts that it cannot use.
var forwardRows = []provocation{
	{
		name: "dns-empty", details: "empty_host_header", filter: "names", perRoute: rewritten("x-host"), request: header("X-Host", ""),
		action: "route: {cluster: names}", envoy: "BAD_REQUEST_PARAMETERS",
	},
	{
		// The cluster resolves names itself when the filter did not.
		name: "dns-chosen", details: "<load-balancer supplied host-selection details>", says: "dns_resolution_failure{<dns details>}",
		action: "route: {cluster: names}", envoy: "INTEGRATION_FAILURE",
	},
	{
		name: "dns-slow", details: "sub_cluster_warming_timeout", filter: "sub-names", action: "route: {cluster: sub-names}",
		envoy: "INTEGRATION_FAILURE",
	},
	{
		// Each try is for another host, and the cluster makes one cluster only.
		name: "dns-full", details: "sub_cluster_overflow", filter: "sub-names", perRoute: rewritten("x-request-id"), tries: 2,
		action: "route: {cluster: sub-names}", envoy: "INTEGRATION_FAILURE",
	},
}
