// SPDX-License-Identifier: Apache-2.0

package main

// requiredHooks are the hooks without which Envoy refuses the module, the filter or its configuration for a route. Source:
// newDynamicModule, newDynamicModuleHttpFilterConfig and newDynamicModuleHttpPerRouteConfig.
var requiredHooks = []string{
	"program_init",
	"http_filter_config_new",
	"http_filter_config_destroy",
	"http_filter_per_route_config_new",
	"http_filter_per_route_config_destroy",
	"http_filter_new",
	"http_filter_destroy",
	"http_filter_request_headers",
	"http_filter_request_body",
	"http_filter_request_trailers",
	"http_filter_response_headers",
	"http_filter_response_body",
	"http_filter_response_trailers",
	"http_filter_stream_complete",
	"http_filter_scheduled",
	"http_filter_http_callout_done",
	"http_filter_http_stream_headers",
	"http_filter_http_stream_data",
	"http_filter_http_stream_trailers",
	"http_filter_http_stream_complete",
	"http_filter_http_stream_reset",
	"http_filter_downstream_above_write_buffer_high_watermark",
	"http_filter_downstream_below_write_buffer_low_watermark",
}

// optionalHooks are those of an HTTP filter that Envoy goes without.
var optionalHooks = []string{
	"http_filter_local_reply",
	"http_filter_config_scheduled",
	"http_filter_config_http_callout_done",
	"http_filter_config_http_stream_headers",
	"http_filter_config_http_stream_data",
	"http_filter_config_http_stream_trailers",
	"http_filter_config_http_stream_complete",
	"http_filter_config_http_stream_reset",
}
