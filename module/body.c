// SPDX-License-Identifier: Apache-2.0

//go:build module

// Bodies and trailers of replies.
#include <stdlib.h>
#include <string.h>

#include "stream.h"

bool gwr_replace_chunk(gwr_filter_envoy f, gwr_text body) {
  size_t size = ENVOY(http_get_body_size)(f, GWR_RECEIVED_BODY);
  if (size > 0 && !ENVOY(http_drain_body)(f, GWR_RECEIVED_BODY, size)) return false;
  return body.length == 0 || ENVOY(http_append_body)(f, GWR_RECEIVED_BODY, body);
}

bool gwr_remove_trailers(gwr_filter_envoy f) {
  size_t count = ENVOY(http_get_headers_size)(f, GWR_RESPONSE_TRAILERS);
  if (count == 0) return true;
  gwr_header *lines = malloc(count * sizeof *lines);
  if (lines == NULL) return false;
  bool done = ENVOY(http_get_headers)(f, GWR_RESPONSE_TRAILERS, lines);
  // Lines of one name go together, and take their names along, so that each name is copied and looked for anew.
  while (done && count > 0) {
    size_t length = lines[0].name_length, before = count;
    char *name = malloc(length + 1);
    if (name == NULL) break;
    memcpy(name, lines[0].name, length);
    done = ENVOY(http_set_header)(f, GWR_RESPONSE_TRAILERS, (gwr_text){name, length}, (gwr_text){NULL, 0});
    free(name);
    count = ENVOY(http_get_headers_size)(f, GWR_RESPONSE_TRAILERS);
    done = done && count < before && (count == 0 || ENVOY(http_get_headers)(f, GWR_RESPONSE_TRAILERS, lines));
  }
  free(lines);
  return count == 0;
}

void gwr_fixed_chunk(gwr_filter_envoy f, gwr_stream *s) {
  if (s->needs_bytes && ENVOY(http_get_body_size)(f, GWR_RECEIVED_BODY) == 0) return;
  s->needs_bytes = false;
  gwr_text body = {NULL, 0};
  if (s->body == GWR_BODY_REPLACE) body = (gwr_text){s->kept + s->type_length + s->result_length, s->body_length};
  s->body = GWR_BODY_DROP;
  if (!gwr_replace_chunk(f, body)) s->failed = true;
}

void gwr_fixed_trailers(gwr_filter_envoy f, gwr_stream *s) {
  if (!gwr_remove_trailers(f) || (s->body == GWR_BODY_REPLACE && s->missed)) s->failed = true;
  s->body = GWR_BODY_DROP;
}
