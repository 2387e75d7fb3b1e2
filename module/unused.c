// SPDX-License-Identifier: Apache-2.0

//go:build module

// The hooks that Envoy asks every module for, and that this one has no use for.
#include "abi.h"

#define HOOK(name) envoy_dynamic_module_on_##name

int HOOK(http_filter_request_headers)(gwr_filter_envoy f, const void *s, bool end) { return (void)f, (void)s, (void)end, GWR_CONTINUE; }
int HOOK(http_filter_request_body)(gwr_filter_envoy f, const void *s, bool end) { return (void)f, (void)s, (void)end, GWR_CONTINUE; }
int HOOK(http_filter_request_trailers)(gwr_filter_envoy f, const void *s) { return (void)f, (void)s, GWR_CONTINUE; }
int HOOK(http_filter_local_reply)(gwr_filter_envoy f, const void *s, uint32_t code, gwr_text details, bool reset) {
  return (void)f, (void)s, (void)code, (void)details, (void)reset, GWR_CONTINUE;
}
void HOOK(http_filter_scheduled)(gwr_filter_envoy f, const void *s, uint64_t id) { (void)f, (void)s, (void)id; }
void HOOK(http_filter_downstream_above_write_buffer_high_watermark)(gwr_filter_envoy f, const void *s) { (void)f, (void)s; }
void HOOK(http_filter_downstream_below_write_buffer_low_watermark)(gwr_filter_envoy f, const void *s) { (void)f, (void)s; }
void HOOK(http_filter_http_callout_done)(gwr_filter_envoy f, const void *s, uint64_t id, int result, gwr_header *h, size_t n, gwr_text *b, size_t m) {
  (void)f, (void)s, (void)id, (void)result, (void)h, (void)n, (void)b, (void)m;
}
void HOOK(http_filter_http_stream_headers)(gwr_filter_envoy f, const void *s, uint64_t id, gwr_header *h, size_t n, bool end) {
  (void)f, (void)s, (void)id, (void)h, (void)n, (void)end;
}
void HOOK(http_filter_http_stream_data)(gwr_filter_envoy f, const void *s, uint64_t id, const gwr_text *b, size_t n, bool end) {
  (void)f, (void)s, (void)id, (void)b, (void)n, (void)end;
}
void HOOK(http_filter_http_stream_trailers)(gwr_filter_envoy f, const void *s, uint64_t id, gwr_header *h, size_t n) {
  (void)f, (void)s, (void)id, (void)h, (void)n;
}
void HOOK(http_filter_http_stream_complete)(gwr_filter_envoy f, const void *s, uint64_t id) { (void)f, (void)s, (void)id; }
void HOOK(http_filter_http_stream_reset)(gwr_filter_envoy f, const void *s, uint64_t id, int reason) { (void)f, (void)s, (void)id, (void)reason; }
