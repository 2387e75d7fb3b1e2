// SPDX-License-Identifier: Apache-2.0

package classify

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
