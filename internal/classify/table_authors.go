// SPDX-License-Identifier: Apache-2.0

package classify

// upstreams are the details of replies that are not Envoy's at all.
var upstreams = family{
	title: "The upstream's own replies",
	about: "They have no type. Envoy only passed them on.",
	rows: []row{
		{pattern: "via_upstream", author: upstream, remark: "every reply of an upstream"},
		{pattern: "websocket_handshake_unsuccessful", author: upstream, remark: "the upstream refused the upgrade: the status is its own, only the body got lost. " +
			"Since Envoy 1.36 such refusals are `via_upstream`, unless a runtime guard, which 1.40 has no more, says otherwise"},
	},
}

// deliberate are the details of replies that somebody wrote on purpose. Only the status could give their type, and that
// is not enough to replace them.
var deliberate = family{
	title: "Replies that somebody wrote on purpose",
	about: "Left as they are. Where only some replies with the same details are deliberate, they stand with their filter below.",
	rows: []row{
		{pattern: "direct_response", author: somebody, remark: "the owner of the route wrote it; redirects of a route as well"},
		{pattern: "lua_response", author: somebody, remark: "a Lua script's `respond`"},
		{pattern: "cors_response", author: somebody, remark: "the answer to a preflight"},
		{pattern: "ext_proc_local_response", author: somebody, remark: "an external processor's streamed reply"},
		{pattern: "file_server", author: somebody, remark: "a file. The filter's errors have other details, see the end"},
		{pattern: "cache.response_from_cache_filter", author: somebody, remark: "an upstream's reply out of the cache"},
		{pattern: "mcp_router", author: somebody, remark: "the reply of an MCP server"},
		{pattern: "health_check_*", author: somebody, remark: "read by a load balancer, not by a client"},
		{pattern: "overload*", author: somebody, remark: "Envoy's defence, which must stay cheap"},
	},
}
