// SPDX-License-Identifier: Apache-2.0

// The part of Envoy's ABI for dynamic modules that this filter uses, under names of its own for the types. What the functions do is
// written in source/extensions/dynamic_modules/abi/abi.h of Envoy, whose types have the same layout in 1.39 (v0.1.0) and 1.40 (v0.2.0).
#ifndef GWR_ABI_H
#define GWR_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Text is envoy_buffer and module_buffer: bytes of Envoy or of the module.
typedef struct {
  const char *at;
  size_t length;
} gwr_text;

// Header is envoy_http_header and module_http_header.
typedef struct {
  const char *name;
  size_t name_length;
  const char *value;
  size_t value_length;
} gwr_header;

typedef void *gwr_filter_config_envoy;
typedef void *gwr_filter_envoy;

// http_header_type
enum { GWR_REQUEST_HEADERS = 0, GWR_RESPONSE_HEADERS = 2, GWR_RESPONSE_TRAILERS = 3 };

// http_body_type
enum { GWR_RECEIVED_BODY = 2, GWR_BUFFERED_BODY = 3 };

// metadata_source
enum { GWR_DYNAMIC_SOURCE = 0, GWR_ROUTE_SOURCE = 1 };

// attribute_id
enum {
  GWR_ATTRIBUTE_REQUEST_PROTOCOL = 10,
  GWR_ATTRIBUTE_RESPONSE_CODE = 15,
  GWR_ATTRIBUTE_RESPONSE_CODE_DETAILS = 16,
  GWR_ATTRIBUTE_RESPONSE_FLAGS = 17,
  GWR_ATTRIBUTE_SOURCE_ADDRESS = 24,
  GWR_ATTRIBUTE_UPSTREAM_ADDRESS = 41,
  GWR_ATTRIBUTE_ROUTE_NAME = 61,
  GWR_ATTRIBUTE_VIRTUAL_HOST_NAME = 63,
};

// on_http_filter_*_headers_status, _body_status and _trailers_status. GWR_HOLD is StopIterationAndWatermark: what goes above a limit of
// the buffer slows the upstream down. With StopIterationAndBuffer it resets the stream, within the callback that put it there.
enum { GWR_CONTINUE = 0, GWR_HOLD = 2 };

// metrics_result
enum { GWR_METRIC_OK = 0 };

// Functions of Envoy.
#define ENVOY(name) envoy_dynamic_module_callback_##name
void ENVOY(log)(int level, gwr_text message);
bool ENVOY(is_validation_mode)(void);
uint32_t ENVOY(get_concurrency)(void);
bool ENVOY(http_get_header)(gwr_filter_envoy f, int type, gwr_text key, gwr_text *result, size_t index, size_t *count);
size_t ENVOY(http_get_headers_size)(gwr_filter_envoy f, int type);
bool ENVOY(http_get_headers)(gwr_filter_envoy f, int type, gwr_header *result);
bool ENVOY(http_add_header)(gwr_filter_envoy f, int type, gwr_text key, gwr_text value);
bool ENVOY(http_set_header)(gwr_filter_envoy f, int type, gwr_text key, gwr_text value);
size_t ENVOY(http_get_body_size)(gwr_filter_envoy f, int type);
size_t ENVOY(http_get_body_chunks_size)(gwr_filter_envoy f, int type);
bool ENVOY(http_get_body_chunks)(gwr_filter_envoy f, int type, gwr_text *result);
bool ENVOY(http_append_body)(gwr_filter_envoy f, int type, gwr_text data);
bool ENVOY(http_drain_body)(gwr_filter_envoy f, int type, size_t bytes);
bool ENVOY(http_filter_get_attribute_string)(gwr_filter_envoy f, int attribute, gwr_text *result);
bool ENVOY(http_filter_get_attribute_int)(gwr_filter_envoy f, int attribute, uint64_t *result);
bool ENVOY(http_filter_get_attribute_bool)(gwr_filter_envoy f, int attribute, bool *result);
bool ENVOY(http_get_cluster_name)(gwr_filter_envoy f, gwr_text *result);
bool ENVOY(http_get_metadata_string)(gwr_filter_envoy f, int source, gwr_text ns, gwr_text key, gwr_text *result);
bool ENVOY(http_get_metadata_number)(gwr_filter_envoy f, int source, gwr_text ns, gwr_text key, double *result);
bool ENVOY(http_get_metadata_bool)(gwr_filter_envoy f, int source, gwr_text ns, gwr_text key, bool *result);
bool ENVOY(http_get_metadata_list_size)(gwr_filter_envoy f, int source, gwr_text ns, gwr_text key, size_t *result);
bool ENVOY(http_get_filter_state_typed)(gwr_filter_envoy f, gwr_text key, gwr_text *result);
bool ENVOY(http_set_filter_state_bytes)(gwr_filter_envoy f, gwr_text key, gwr_text value);
const void *ENVOY(get_most_specific_route_config)(gwr_filter_envoy f);
int ENVOY(http_filter_config_define_counter)(gwr_filter_config_envoy c, gwr_text name, gwr_text *labels, size_t count, size_t *id);
int ENVOY(http_filter_increment_counter)(gwr_filter_envoy f, size_t id, gwr_text *values, size_t count, uint64_t by);
int ENVOY(http_filter_config_define_gauge)(gwr_filter_config_envoy c, gwr_text name, gwr_text *labels, size_t count, size_t *id);
int ENVOY(http_filter_config_set_gauge)(gwr_filter_config_envoy c, size_t id, gwr_text *values, size_t count, uint64_t value);

#endif
