// SPDX-License-Identifier: Apache-2.0

// The hooks that Envoy asks for. One of them enters Go.
#include <stdint.h>

#include "_cgo_export.h"

#define HOOK(name) envoy_dynamic_module_on_##name

static const char something;

const char *HOOK(program_init)(void) { return "v0.1.0"; }
const void *HOOK(http_filter_config_new)(void *c, text name, text config) { return &something; }
void HOOK(http_filter_config_destroy)(const void *config) {}
const void *HOOK(http_filter_per_route_config_new)(text name, text config) { return &something; }
void HOOK(http_filter_per_route_config_destroy)(const void *route) {}
const void *HOOK(http_filter_new)(const void *config, void *f) { return &something; }
void HOOK(http_filter_destroy)(const void *s) {}
int HOOK(http_filter_request_headers)(void *f, const void *s, bool end) { return 0; }
int HOOK(http_filter_request_body)(void *f, const void *s, bool end) { return 0; }
int HOOK(http_filter_request_trailers)(void *f, const void *s) { return 0; }
int HOOK(http_filter_response_headers)(void *f, const void *s, bool end) { return foreignReply(f), 0; }
int HOOK(http_filter_response_body)(void *f, const void *s, bool end) { return 0; }
int HOOK(http_filter_response_trailers)(void *f, const void *s) { return 0; }
void HOOK(http_filter_stream_complete)(void *f, const void *s) {}
void HOOK(http_filter_scheduled)(void *f, const void *s, uint64_t id) {}
void HOOK(http_filter_downstream_above_write_buffer_high_watermark)(void *f, const void *s) {}
void HOOK(http_filter_downstream_below_write_buffer_low_watermark)(void *f, const void *s) {}
void HOOK(http_filter_http_callout_done)(void *f, const void *s, uint64_t id, int result, void *h, size_t n, text *b, size_t m) {}
void HOOK(http_filter_http_stream_headers)(void *f, const void *s, uint64_t id, void *h, size_t n, bool end) {}
void HOOK(http_filter_http_stream_data)(void *f, const void *s, uint64_t id, const text *b, size_t n, bool end) {}
void HOOK(http_filter_http_stream_trailers)(void *f, const void *s, uint64_t id, void *h, size_t n) {}
void HOOK(http_filter_http_stream_complete)(void *f, const void *s, uint64_t id) {}
void HOOK(http_filter_http_stream_reset)(void *f, const void *s, uint64_t id, int reason) {}
