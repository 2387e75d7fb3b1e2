// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"slices"

	"gatewayresponses/e2e/envoytest"
)

// bridgeRows are the replies of mcp_json_rest_bridge. Envoy 1.40 renamed most details, and sends errors of JSON-RPC with
// the status 200, so that they are no errors of HTTP any more.
var bridgeRows = slices.Concat(
	[]provocation{
		{name: "bridge-method", details: "mcp_json_rest_bridge_http_request_method_not_post", filter: "bridge", since: 40, envoy: "DEFAULT_4XX"},
		{name: "bridge-method-39", details: "mcp_json_rest_bridge_filter_not_post", filter: "bridge", since: 39, until: 39, envoy: "DEFAULT_4XX"},
		{
			name: "bridge-large", details: "mcp_json_rest_bridge_request_too_large", filter: "bridge-small", since: 40,
			request: jsonPost(`{"jsonrpc": "2.0"}`), envoy: "REQUEST_TOO_LARGE",
		},
		{
			name: "bridge-large-39", details: "mcp_json_rest_bridge_filter_request_too_large", filter: "bridge-small", since: 39, until: 39,
			request: jsonPost(`{"jsonrpc": "2.0"}`), envoy: "REQUEST_TOO_LARGE",
		},
		bridged39("json", "failed_to_parse_json_rpc_request", "{"),
		{
			name: "bridge-json", details: "mcp_json_rest_bridge_request_failed_to_parse_json_rpc", filter: "bridge", since: 40,
			request: jsonPost("{"), envoy: "BAD_REQUEST_BODY",
		},
		{
			name: "bridge-hello", details: "mcp_json_rest_bridge_filter_initialize", filter: "bridge", since: 39, envoy: "-",
			request: jsonPost(`{"id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18"}}`),
		},
		{
			name: "bridge-ready", details: "mcp_json_rest_bridge_filter_initialize_ack", filter: "bridge", since: 39, envoy: "-",
			request: jsonPost(`{"method": "notifications/initialized"}`),
		},
		{
			name: "bridge-list", details: "mcp_json_rest_bridge_tools_list", filter: "bridge", since: 39, envoy: "-",
			request: jsonPost(`{"id": 1, "method": "tools/list"}`),
		},
		{
			name: "bridge-discover", details: "mcp_json_rest_bridge_filter_server_discover", filter: "bridge-2026", since: 40, envoy: "-",
			request: toolPost("server/discover", "server/discover"),
		},
		{
			name: "bridge-rule", details: "mcp_json_rest_bridge_internal_tools_call_invalid_http_rule", filter: "bridge", since: 40, envoy: "-",
			request: jsonPost(toolCall(`{"name": "broken"}`)),
		},
		{
			name: "bridge-mismatch", details: "mcp_json_rest_bridge_request_mcp_header_mismatch", filter: "bridge-2026", since: 40, envoy: "BAD_REQUEST_BODY",
			request: toolPost("tools/list", "tools/call"),
		},
	},
	bridged("id", "id_not_found", "id_not_found", `{"method": "tools/list"}`),
	bridged("start", "initialize_request_not_valid", "initialize_not_valid", `{"id": 1, "method": "initialize"}`),
	bridged("other", "method_not_supported", "mcp_method_not_supported", `{"id": 1, "method": "other"}`),
	bridged("none", "method_not_found", "mcp_method_malformed", `{"id": 1}`),
	bridged("number", "method_not_string", "mcp_method_malformed", `{"id": 1, "method": 1}`),
	oldVersion(bridged("version", "unsupported_protocol_version", "unsupported_mcp_version", `{"id": 1, "method": "tools/list"}`)),
	bridged("call", "tool_params_not_found", "tools_call_tool_name_missing", `{"id": 1, "method": "tools/call"}`),
	bridged("name", "tool_name_not_found", "tools_call_tool_name_missing", toolCall(`{}`)),
	bridged("tool", "unknown_tool", "tools_call_tool_name_unknown", toolCall(`{"name": "other"}`)),
	bridged("array", "tool_arguments_invalid", "tools_call_arguments_malformed", toolCall(`{"name": "find", "arguments": []}`)),
	bridged("empty", "invalid_tool_arguments", "tools_call_missing_required_arg", toolCall(`{"name": "find", "arguments": {}}`)),
	bridged("up", "invalid_tool_arguments", "tools_call_path_traversal_rejected", toolCall(`{"name": "find", "arguments": {"id": ".."}}`))[1:],
)

// toolCall is a JSON-RPC message that calls a tool.
func toolCall(params string) string {
	return `{"id": 1, "method": "tools/call", "params": ` + params + `}`
}

// toolPost is a JSON-RPC message as the MCP of 2026 sends it: a header repeats the method.
func toolPost(method, repeated string) envoytest.Request {
	r := jsonPost(`{"jsonrpc": "2.0", "id": 1, "method": "` + method + `", "params": {"_meta": {` +
		`"io.modelcontextprotocol/protocolVersion": "2026-07-28"}}}`)
	r.Headers.Set("Mcp-Protocol-Version", "2026-07-28")
	r.Headers.Set("Mcp-Method", repeated)
	return r
}

// bridged are the rows for an error of JSON-RPC: up to Envoy 1.39 with the details old, later with others.
func bridged(name, old, details, message string) []provocation {
	return []provocation{bridged39(name, old, message), {
		name: "bridge-" + name, details: "mcp_json_rest_bridge_request_" + details, filter: "bridge", since: 40,
		request: jsonPost(message), envoy: "-",
	}}
}

// bridged39 is the row for an error of JSON-RPC as Envoy 1.39 sends it.
func bridged39(name, details, message string) provocation {
	return provocation{
		name: "bridge-" + name + "-39", details: "mcp_json_rest_bridge_filter_" + details, filter: "bridge", since: 39, until: 39,
		request: jsonPost(message), envoy: "BAD_REQUEST_BODY",
	}
}

// oldVersion makes rows ask for a version of MCP that there never was.
func oldVersion(rows []provocation) []provocation {
	for _, row := range rows {
		row.request.Headers.Set("Mcp-Protocol-Version", "1999-01-01")
	}
	return rows
}
