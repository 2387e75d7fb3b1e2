// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/config"

var (
	tooLarge = types{envoy: config.RequestTooLarge}
	badBody  = types{envoy: config.BadRequestBody}
	// badParameter is a path, query or header of well-formed HTTP with a value that is not allowed.
	badParameter = types{envoy: config.BadRequestParameters}
)

// bodies are the details of requests whose body is too large or wrong.
var bodies = family{
	title: "Bodies of requests",
	about: "The JSON-RPC bridges answer with a JSON-RPC error as the body; an entry for the type replaces it.",
	rows: []row{
		{pattern: "request_payload_too_large", types: tooLarge, remark: "more than a filter may buffer, or than the owner allows"},
		{pattern: "grpc_json_transcode_failure{request_buffer_size_limit_reached}", types: tooLarge},
		{pattern: "grpc_json_reverse_transcode_failure{request_buffer_size_limit_reached}", types: tooLarge},
		{pattern: "grpc_field_extraction_FAILED_PRECONDITION{REQUEST_BUFFER_CONVERSION_FAIL}", types: tooLarge, remark: "400; more than the filter may buffer"},
		{pattern: "proto_*_FAILED_PRECONDITION{REQUEST_BUFFER_CONVERSION_FAIL}", types: tooLarge, remark: "400; more than the filter may buffer"},
		{pattern: "connect_bridge_unary_request_too_large", types: tooLarge},
		{pattern: "mcp_body_too_large", types: tooLarge, remark: "400"},
		{pattern: "mcp_json_rest_bridge_*request_too_large", types: tooLarge},
		{pattern: "a2a_filter_body_too_large", types: tooLarge},

		{pattern: "grpc_json_transcode_failure{*", status: 400, types: badBody},
		{pattern: "grpc_json_transcode_failure{*", remark: "the upstream's reply cannot be translated"},
		{pattern: "grpc_json_reverse_transcode_failure{*", status: 400, types: badBody},
		{pattern: "grpc_json_reverse_transcode_failure{*", remark: "the upstream's reply cannot be translated"},
		{pattern: "grpc_base_64_decode_failed*", types: badBody},
		{pattern: "grpc_bridge_data_too_small", types: badBody, remark: "too short for a gRPC frame; untouched, because Envoy says 200"},
		{pattern: "grpc_field_extraction_*{REQUEST_*", status: 400, types: badBody},
		{pattern: "grpc_field_extraction_INTERNAL{REQUEST_*", types: badBody, remark: "500, for what the client did wrong"},
		{pattern: "grpc_field_extraction_*", remark: "the path is no gRPC method"},
		{pattern: "proto_*{REQUEST_*", status: 400, types: badBody},
		{pattern: "proto_api_scrubber_INVALID_ARGUMENT{REQUEST_*", types: badBody, remark: "500, for what the client did wrong"},
		{pattern: "proto_message_extraction_*", remark: "the path is no gRPC method, or the upstream's reply cannot be read"},
		{pattern: "proto_api_scrubber_*", remark: "the path is no gRPC method, or the upstream's reply cannot be read"},

		{pattern: "mcp_not_jsonrpc", types: badBody},
		{pattern: "mcp_parse_error", types: badBody},
		{pattern: "mcp_duplicate_keys", types: badBody},
		{pattern: "mcp_json_rest_bridge_*", status: 400, types: badBody, remark: "renamed in Envoy 1.40, where `filter_` is gone and errors of JSON-RPC have the status 200"},
		{pattern: "mcp_json_rest_bridge_*", remark: "another method than POST, or a reply that cannot be translated"},
		{pattern: "a2a_filter_not_valid_jsonrpc", types: badBody},
		{pattern: "a2a_filter_parse_error", types: badBody},
		{pattern: "ai_protocol_manager_*", status: 400, types: badBody},
		{pattern: "ai_protocol_manager_*", remark: "the filter chose the status, or cannot send the body on"},
	},
}

// parameters are the details of requests with a wrong path, query or header.
var parameters = family{
	title: "Parameters of requests",
	rows: []row{
		{pattern: "request_headers_failed_strict_check*", types: badParameter, remark: "an `x-envoy-*` header"},
		{pattern: "early_grpc_json_transcode_failure*", status: 400, types: badParameter, remark: "path and query do not fit the gRPC message; there was no body yet"},
		{pattern: "early_grpc_json_transcode_failure*", remark: "the strict transcoder chose the status"},
		{pattern: "early_grpc_json_reverse_transcode_failure*", remark: "the gRPC method has no counterpart in HTTP"},
		{pattern: "invalid_cdn_loop_header", types: badParameter},
		{pattern: "empty_host_header", types: badParameter, remark: "of a request to the dynamic forward proxy"},
		{pattern: "mcp_reject_no_mcp", remark: "method or headers are not those of MCP"},
		{pattern: "a2a_filter_reject", remark: "method or headers are not those of A2A"},
	},
}

// protocol are the details of requests that are no HTTP, or of a kind that the owner does not serve.
var protocol = family{
	title: "The HTTP protocol",
	about: "No parameter of the API is wrong here, but the request itself. Most of these replies are made before any filter sees them.",
	rows: []row{
		{pattern: "http1.https_url_on_plaintext_connection", types: types{envoy: anyFamily}, remark: "403, but nobody was denied access"},
		{pattern: "upgrade_failed", types: types{envoy: anyFamily}, remark: "403 for a kind of upgrade that is not served: nobody was denied access"},
		{pattern: "http1.*", remark: "too many or too large headers, a bad URL, a bad length ..."},
		{pattern: "http.invalid_*", remark: "authority, method, path or scheme"},
		{pattern: "uhv.*", remark: "builds with the universal header validator"},
		{pattern: "missing_host_header"},
		{pattern: "missing_path_rejected"},
		{pattern: "absolute_path_rejected"},
		{pattern: "invalid_path", remark: "of a CONNECT-UDP request"},
		{pattern: "path_normalization_failed"},
		{pattern: "low_version", remark: "HTTP/1.0 where it is not served"},
		{pattern: "early_connect_data", remark: "data before the CONNECT was answered"},
		{pattern: "rejecting_because_detection_failed", remark: "the client's address is unknown; the owner chose the status"},
	},
}
