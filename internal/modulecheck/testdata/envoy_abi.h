// SPDX-License-Identifier: Apache-2.0

// What abi.h of Envoy says of all that the module calls, defines or counts on: the types of functions, the layout of what they
// are given, and the numbers of names. Read in Envoy's source at v0.1.0 of the ABI, that of Envoy 1.39, and at v0.2.0, that of 1.40: all of
// it is alike. v0.2.0 adds callbacks and attributes, asks for no further hook of an HTTP filter, and calls log deprecated. What the
// header does not say, and tests hold: an empty value removes a header, and no version destroys a configuration that was refused.
//
// A C compiler that reads this file and the module's own code refuses them where they do not agree: no function has two types.
// With the path of Envoy's own header, in quotes, in ENVOY_ABI it compares with that instead.
#ifndef GWR_ENVOY_ABI_H
#define GWR_ENVOY_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef ENVOY_ABI
#include ENVOY_ABI
#define ENUM(name) envoy_dynamic_module_type_##name
#define VALUE(ours, theirs, value) _Static_assert(envoy_dynamic_module_type_##theirs == (value), #theirs " is not " #value)
typedef envoy_dynamic_module_type_module_buffer abi_in;
typedef envoy_dynamic_module_type_envoy_buffer abi_out;
typedef envoy_dynamic_module_type_envoy_http_header abi_header;
#else
#include "../../../module/abi.h"
#define ENUM(name) int
#define VALUE(ours, theirs, value) _Static_assert((ours) == (value), #ours " is not " #value)
typedef gwr_text abi_in;
typedef gwr_text abi_out;
typedef gwr_header abi_header;
#endif

// Texts are a pointer and a length, headers two of them. All enums are an int, or an unsigned one, which is passed alike.
_Static_assert(sizeof(abi_in) == sizeof(void *) + sizeof(size_t) && offsetof(abi_in, length) == sizeof(void *), "module_buffer");
_Static_assert(sizeof(abi_out) == sizeof(void *) + sizeof(size_t) && offsetof(abi_out, length) == sizeof(void *), "envoy_buffer");
_Static_assert(sizeof(abi_header) == 2 * sizeof(abi_out) && offsetof(abi_header, value_length) == sizeof(abi_header) - sizeof(size_t), "envoy_http_header");
_Static_assert(sizeof(ENUM(http_header_type)) == sizeof(int), "an enum");

VALUE(GWR_REQUEST_HEADERS, http_header_type_RequestHeader, 0);
VALUE(GWR_RESPONSE_HEADERS, http_header_type_ResponseHeader, 2);
VALUE(GWR_RESPONSE_TRAILERS, http_header_type_ResponseTrailer, 3);
VALUE(GWR_RECEIVED_BODY, http_body_type_ReceivedResponseBody, 2);
VALUE(GWR_BUFFERED_BODY, http_body_type_BufferedResponseBody, 3);
VALUE(GWR_DYNAMIC_SOURCE, metadata_source_Dynamic, 0);
VALUE(GWR_ROUTE_SOURCE, metadata_source_Route, 1);
VALUE(GWR_ATTRIBUTE_REQUEST_PROTOCOL, attribute_id_RequestProtocol, 10);
VALUE(GWR_ATTRIBUTE_RESPONSE_CODE, attribute_id_ResponseCode, 15);
VALUE(GWR_ATTRIBUTE_RESPONSE_CODE_DETAILS, attribute_id_ResponseCodeDetails, 16);
VALUE(GWR_ATTRIBUTE_RESPONSE_FLAGS, attribute_id_ResponseFlags, 17);
VALUE(GWR_ATTRIBUTE_SOURCE_ADDRESS, attribute_id_SourceAddress, 24);
VALUE(GWR_ATTRIBUTE_UPSTREAM_ADDRESS, attribute_id_UpstreamAddress, 41);
VALUE(GWR_ATTRIBUTE_ROUTE_NAME, attribute_id_XdsRouteName, 61);
VALUE(GWR_ATTRIBUTE_VIRTUAL_HOST_NAME, attribute_id_XdsVirtualHostName, 63);
VALUE(GWR_CONTINUE, on_http_filter_request_headers_status_Continue, 0);
VALUE(GWR_CONTINUE, on_http_filter_request_body_status_Continue, 0);
VALUE(GWR_CONTINUE, on_http_filter_request_trailers_status_Continue, 0);
VALUE(GWR_CONTINUE, on_http_filter_response_headers_status_Continue, 0);
VALUE(GWR_CONTINUE, on_http_filter_response_body_status_Continue, 0);
VALUE(GWR_CONTINUE, on_http_filter_response_trailers_status_Continue, 0);
VALUE(GWR_CONTINUE, on_http_filter_local_reply_status_Continue, 0);
VALUE(GWR_HOLD, on_http_filter_response_body_status_StopIterationAndWatermark, 2);
VALUE(GWR_METRIC_OK, metrics_result_Success, 0);

#define CALLBACK(name) envoy_dynamic_module_callback_##name
void CALLBACK(log)(ENUM(log_level), abi_in);
bool CALLBACK(log_enabled)(ENUM(log_level));
uint32_t CALLBACK(get_concurrency)(void);
bool CALLBACK(is_validation_mode)(void);
bool CALLBACK(http_get_header)(void *, ENUM(http_header_type), abi_in, abi_out *, size_t, size_t *);
size_t CALLBACK(http_get_headers_size)(void *, ENUM(http_header_type));
bool CALLBACK(http_get_headers)(void *, ENUM(http_header_type), abi_header *);
bool CALLBACK(http_add_header)(void *, ENUM(http_header_type), abi_in, abi_in);
bool CALLBACK(http_set_header)(void *, ENUM(http_header_type), abi_in, abi_in);
size_t CALLBACK(http_get_body_size)(void *, ENUM(http_body_type));
size_t CALLBACK(http_get_body_chunks_size)(void *, ENUM(http_body_type));
bool CALLBACK(http_get_body_chunks)(void *, ENUM(http_body_type), abi_out *);
bool CALLBACK(http_append_body)(void *, ENUM(http_body_type), abi_in);
bool CALLBACK(http_drain_body)(void *, ENUM(http_body_type), size_t);
bool CALLBACK(http_filter_get_attribute_string)(void *, ENUM(attribute_id), abi_out *);
bool CALLBACK(http_filter_get_attribute_int)(void *, ENUM(attribute_id), uint64_t *);
bool CALLBACK(http_filter_get_attribute_bool)(void *, ENUM(attribute_id), bool *);
bool CALLBACK(http_get_cluster_name)(void *, abi_out *);
bool CALLBACK(http_get_metadata_string)(void *, ENUM(metadata_source), abi_in, abi_in, abi_out *);
bool CALLBACK(http_get_metadata_number)(void *, ENUM(metadata_source), abi_in, abi_in, double *);
bool CALLBACK(http_get_metadata_bool)(void *, ENUM(metadata_source), abi_in, abi_in, bool *);
bool CALLBACK(http_get_metadata_list_size)(void *, ENUM(metadata_source), abi_in, abi_in, size_t *);
bool CALLBACK(http_get_filter_state_bytes)(void *, abi_in, abi_out *);
bool CALLBACK(http_get_filter_state_typed)(void *, abi_in, abi_out *);
bool CALLBACK(http_set_filter_state_bytes)(void *, abi_in, abi_in);
const void *CALLBACK(get_most_specific_route_config)(void *);
ENUM(metrics_result) CALLBACK(http_filter_config_define_counter)(void *, abi_in, abi_in *, size_t, size_t *);
ENUM(metrics_result) CALLBACK(http_filter_increment_counter)(void *, size_t, abi_in *, size_t, uint64_t);
ENUM(metrics_result) CALLBACK(http_filter_config_increment_counter)(void *, size_t, abi_in *, size_t, uint64_t);
ENUM(metrics_result) CALLBACK(http_filter_config_define_gauge)(void *, abi_in, abi_in *, size_t, size_t *);
ENUM(metrics_result) CALLBACK(http_filter_config_set_gauge)(void *, size_t, abi_in *, size_t, uint64_t);
#undef CALLBACK

// Hooks get a filter of Envoy's, and what the module has made for the exchange.
#define HOOKED(name) envoy_dynamic_module_on_##name
const char *HOOKED(program_init)(void);
const void *HOOKED(http_filter_config_new)(void *, abi_out, abi_out);
void HOOKED(http_filter_config_destroy)(const void *);
const void *HOOKED(http_filter_per_route_config_new)(abi_out, abi_out);
void HOOKED(http_filter_per_route_config_destroy)(const void *);
const void *HOOKED(http_filter_new)(const void *, void *);
void HOOKED(http_filter_destroy)(const void *);
ENUM(on_http_filter_request_headers_status) HOOKED(http_filter_request_headers)(void *, const void *, bool);
ENUM(on_http_filter_request_body_status) HOOKED(http_filter_request_body)(void *, const void *, bool);
ENUM(on_http_filter_request_trailers_status) HOOKED(http_filter_request_trailers)(void *, const void *);
ENUM(on_http_filter_response_headers_status) HOOKED(http_filter_response_headers)(void *, const void *, bool);
ENUM(on_http_filter_response_body_status) HOOKED(http_filter_response_body)(void *, const void *, bool);
ENUM(on_http_filter_response_trailers_status) HOOKED(http_filter_response_trailers)(void *, const void *);
ENUM(on_http_filter_local_reply_status) HOOKED(http_filter_local_reply)(void *, const void *, uint32_t, abi_out, bool);
void HOOKED(http_filter_stream_complete)(void *, const void *);
void HOOKED(http_filter_scheduled)(void *, const void *, uint64_t);
void HOOKED(http_filter_downstream_above_write_buffer_high_watermark)(void *, const void *);
void HOOKED(http_filter_downstream_below_write_buffer_low_watermark)(void *, const void *);
void HOOKED(http_filter_http_callout_done)(void *, const void *, uint64_t, ENUM(http_callout_result), abi_header *, size_t, abi_out *, size_t);
void HOOKED(http_filter_http_stream_headers)(void *, const void *, uint64_t, abi_header *, size_t, bool);
void HOOKED(http_filter_http_stream_data)(void *, const void *, uint64_t, const abi_out *, size_t, bool);
void HOOKED(http_filter_http_stream_trailers)(void *, const void *, uint64_t, abi_header *, size_t);
void HOOKED(http_filter_http_stream_complete)(void *, const void *, uint64_t);
void HOOKED(http_filter_http_stream_reset)(void *, const void *, uint64_t, ENUM(http_stream_reset_reason));
#undef HOOKED

#undef ENUM
#undef VALUE
#endif
