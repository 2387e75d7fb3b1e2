// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"

	"gatewayresponses/e2e/envoytest"
)

// toolFilters are the filters for MCP and A2A, the protocols of language models.
var toolFilters = []provokedFilter{
	{Name: "mcp-strict", Kind: "mcp.v3.Mcp", Config: "traffic_mode: REJECT_NO_MCP\nreject_duplicate_keys: true", since: 39},
	{Name: "agent", Kind: "a2a.v3.A2a", Config: "traffic_mode: REJECT", since: 39},
	{Name: "agent-small", Kind: "a2a.v3.A2a", Config: "traffic_mode: REJECT\nmax_request_body_size: 8", since: 39},
	bridge("bridge", 39, ""),
	bridge("bridge-small", 39, "\nmax_request_body_size: 8"),
	bridge("bridge-2026", 40, "\nserver_info: {max_supported_protocol_version: \"2026-07-28\"}"),
	{Name: "prompts", Kind: "ai_protocol_manager.v3.AiProtocolManager", Config: "request_handling: {}", since: 40},
	{
		Name: "prompts-checked", Kind: "ai_protocol_manager.v3.AiProtocolManager", since: 40,
		Config: "request_handling: {}\nfilters:\n- name: envoy.http.ai_filters.schema_validation\n  typed_config:\n" +
			"    \"@type\": type.googleapis.com/envoy.extensions.http.ai_filters.schema_validation.v3.SchemaValidation",
	},
}

// toolRouter is the filter that sends requests of MCP to several servers. It ends the chain.
const (
	toolRouter      = "mcp_router"
	toolRouterSince = 39
)

// bridge is mcp_json_rest_bridge with one tool, for every path of the host.
func bridge(name string, since int, more string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "mcp_json_rest_bridge.v3.McpJsonRestBridge", since: since,
		Config: "tool_config:\n  default_server_info: {host: " + envoytest.Host + "}\n" +
			"  tools: [{name: find, http_rule: {get: \"/things/{id}\"}}, {name: broken}]\n  tool_list_local: {}" + more,
	}
}

// toolRows are the replies of mcp, a2a and ai_protocol_manager.
var toolRows = []provocation{
	{name: "mcp-parse", details: "mcp_parse_error", filter: "mcp", since: 39, request: jsonPost(`{"jsonrpc": "2.0"`), envoy: "BAD_REQUEST_BODY"},
	{
		name: "mcp-twice", details: "mcp_duplicate_keys", filter: "mcp-strict", since: 39, envoy: "BAD_REQUEST_BODY",
		request: jsonPost(`{"jsonrpc": "2.0", "id": 1, "id": 2, "method": "tools/list"}`),
	},
	{
		name: "mcp-ping", details: "mcp_router", filter: "mcp", last: toolRouter, since: toolRouterSince,
		request: jsonPost(`{"jsonrpc": "2.0", "id": 1, "method": "ping"}`), envoy: "-",
	},
	{name: "agent-method", details: "a2a_filter_reject", filter: "agent", since: 39, request: envoytest.Request{Method: http.MethodPut}, envoy: "DEFAULT_4XX"},
	{name: "agent-rpc", details: "a2a_filter_not_valid_jsonrpc", filter: "agent", since: 39, request: jsonPost(`{"a": 1}`), envoy: "BAD_REQUEST_BODY"},
	{name: "agent-parse", details: "a2a_filter_parse_error", filter: "agent", since: 39, request: jsonPost(`{"jsonrpc":`), envoy: "BAD_REQUEST_BODY"},
	{
		name: "agent-large", details: "a2a_filter_body_too_large", filter: "agent-small", since: 39,
		request: jsonPost(`{"jsonrpc": "2.0"}`), envoy: "REQUEST_TOO_LARGE",
	},
	{
		name: "prompt-json", details: "ai_protocol_manager_invalid_json", filter: "prompts", since: 40, request: jsonPost(`{`),
		perRoute: `{"@type": ` + envoytest.HTTPFilters + `ai_protocol_manager.v3.AiProtocolManagerPerRoute, request: {}}`, envoy: "BAD_REQUEST_BODY",
	},
	{
		name: "prompt-schema", details: "ai_protocol_manager_filter_rejected", filter: "prompts-checked", since: 40,
		perRoute: `{"@type": ` + envoytest.HTTPFilters + `ai_protocol_manager.v3.AiProtocolManagerPerRoute, ` +
			`request: {llm_protocol: OPENAI_CHAT_COMPLETIONS}}`,
		request: jsonPost(`{"model": 1}`), envoy: "BAD_REQUEST_BODY",
	},
}
