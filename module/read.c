// SPDX-License-Identifier: Apache-2.0

//go:build module

// What is read of an exchange.
#include <stdlib.h>
#include <string.h>

#include "bridge.h"

#define LITERAL(text) ((gwr_text){text, sizeof text - 1})

// read_headers reads one header map into room, or into more memory when it has more lines.
static size_t read_headers(gwr_filter_envoy f, int type, gwr_header *room, gwr_header **lines) {
  size_t count = ENVOY(http_get_headers_size)(f, type);
  *lines = room;
  if (count > GWR_HEADERS && (*lines = malloc(count * sizeof **lines)) == NULL) {
    *lines = room;
    return 0;
  }
  if (count == 0 || !ENVOY(http_get_headers)(f, type, *lines)) return 0;
  return count;
}

void gwr_read_headers(gwr_exchange *x) {
  x->request_count = read_headers(x->envoy, GWR_REQUEST_HEADERS, x->request_room, &x->request);
  x->response_count = read_headers(x->envoy, GWR_RESPONSE_HEADERS, x->response_room, &x->response);
}

// read_document reads a route document. A number, a boolean or a list in its place becomes what is no text; Envoy does not tell objects.
static void read_document(gwr_exchange *x, gwr_text ns) {
  gwr_text key = LITERAL("document");
  double number;
  bool truth;
  size_t size;
  if (ENVOY(http_get_metadata_string)(x->envoy, GWR_ROUTE_SOURCE, ns, key, &x->document)) return;
  if (ENVOY(http_get_metadata_number)(x->envoy, GWR_ROUTE_SOURCE, ns, key, &number)) x->document = LITERAL("\1");
  if (ENVOY(http_get_metadata_bool)(x->envoy, GWR_ROUTE_SOURCE, ns, key, &truth)) x->document = LITERAL("\2");
  if (ENVOY(http_get_metadata_list_size)(x->envoy, GWR_ROUTE_SOURCE, ns, key, &size)) x->document = LITERAL("\3");
}

// read_route reads what typed_per_filter_config, or else the metadata of the route, says to the filter.
static void read_route(gwr_exchange *x, bool documents) {
  const gwr_route *route = ENVOY(get_most_specific_route_config)(x->envoy);
  if (route != NULL) {
    x->route = route->handle;
    return;
  }
  gwr_text ns = LITERAL("gateway_responses");
  if (documents) read_document(x, ns);
  bool on;
  if (!ENVOY(http_get_metadata_string)(x->envoy, GWR_ROUTE_SOURCE, ns, LITERAL("route"), &x->named))
    x->off = ENVOY(http_get_metadata_bool)(x->envoy, GWR_ROUTE_SOURCE, ns, LITERAL("route"), &on) && !on;
}

void gwr_read_fields(gwr_exchange *x, uint32_t fields) {
  gwr_filter_envoy f = x->envoy;
  x->fields |= fields;
  if (fields & GWR_FLAGS) ENVOY(http_filter_get_attribute_int)(f, GWR_ATTRIBUTE_RESPONSE_FLAGS, &x->flags);
  if (fields & GWR_OWNER)
    ENVOY(http_get_filter_state_typed)(f, LITERAL("envoy.filters.network.http_connection_manager.local_reply_owner"), &x->owner);
  if (fields & GWR_PROTOCOL) ENVOY(http_filter_get_attribute_string)(f, GWR_ATTRIBUTE_REQUEST_PROTOCOL, &x->protocol);
  if (fields & GWR_SOURCE) ENVOY(http_filter_get_attribute_string)(f, GWR_ATTRIBUTE_SOURCE_ADDRESS, &x->source);
  if (fields & GWR_ROUTE_NAME) ENVOY(http_filter_get_attribute_string)(f, GWR_ATTRIBUTE_ROUTE_NAME, &x->route_name);
  if (fields & GWR_VIRTUAL_HOST) ENVOY(http_filter_get_attribute_string)(f, GWR_ATTRIBUTE_VIRTUAL_HOST_NAME, &x->virtual_host);
  if (fields & GWR_CLUSTER) ENVOY(http_get_cluster_name)(f, &x->cluster);
  if (fields & GWR_UPSTREAM) ENVOY(http_filter_get_attribute_string)(f, GWR_ATTRIBUTE_UPSTREAM_ADDRESS, &x->upstream);
  if (fields & GWR_ROUTE_METADATA) read_route(x, fields & GWR_ROUTE_DOCUMENT);
}

void gwr_read_attribute(gwr_filter_envoy f, int kind, int attribute, gwr_value *value) {
  bool found = false;
  switch (kind) {
  case GWR_TEXT:
    found = ENVOY(http_filter_get_attribute_string)(f, attribute, &value->text);
    break;
  case GWR_INTEGER:
    found = ENVOY(http_filter_get_attribute_int)(f, attribute, &value->integer);
    break;
  case GWR_BOOLEAN:
    found = ENVOY(http_filter_get_attribute_bool)(f, attribute, &value->boolean);
    break;
  }
  value->kind = found ? kind : GWR_NOTHING;
}

void gwr_read_metadata(gwr_filter_envoy f, int kind, int source, gwr_text ns, gwr_text key, gwr_value *value) {
  bool found = false;
  size_t size;
  switch (kind) {
  case GWR_TEXT:
    found = ENVOY(http_get_metadata_string)(f, source, ns, key, &value->text);
    break;
  case GWR_NUMBER:
    found = ENVOY(http_get_metadata_number)(f, source, ns, key, &value->number);
    break;
  case GWR_BOOLEAN:
    found = ENVOY(http_get_metadata_bool)(f, source, ns, key, &value->boolean);
    break;
  case GWR_LIST:
    found = ENVOY(http_get_metadata_list_size)(f, source, ns, key, &size);
    break;
  }
  value->kind = found ? kind : GWR_NOTHING;
}

void gwr_read_state(gwr_filter_envoy f, gwr_text key, gwr_value *value) {
  value->kind = ENVOY(http_get_filter_state_typed)(f, key, &value->text) ? GWR_TEXT : GWR_NOTHING;
}

size_t gwr_read_chunk(gwr_filter_envoy f, char *into, size_t limit) {
  size_t count = ENVOY(http_get_body_chunks_size)(f, GWR_RECEIVED_BODY), copied = 0;
  if (count == 0) return 0;
  gwr_text *pieces = malloc(count * sizeof *pieces);
  if (pieces == NULL || !ENVOY(http_get_body_chunks)(f, GWR_RECEIVED_BODY, pieces)) count = 0;
  for (size_t i = 0; i < count && copied < limit; i++) {
    size_t length = pieces[i].length < limit - copied ? pieces[i].length : limit - copied;
    memcpy(into + copied, pieces[i].at, length);
    copied += length;
  }
  free(pieces);
  return copied;
}
