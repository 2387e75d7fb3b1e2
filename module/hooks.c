// SPDX-License-Identifier: Apache-2.0

//go:build module

// The hooks that Envoy calls. Those that have nothing to do return before they enter Go.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "_cgo_export.h"
#include "stream.h"

#define HOOK(name) envoy_dynamic_module_on_##name
#define LITERAL(text) ((gwr_text){text, sizeof text - 1})

// The version of the ABI that is asked for. Envoy before 1.39 does not come so far: it lacks callbacks that the module is linked with. A later
// one than 1.40 cannot be told from it here, and says in its log what it thinks of the version.
const char *HOOK(program_init)(void) { return gwr_is_140() ? "v0.2.0" : "v0.1.0"; }

const void *HOOK(http_filter_config_new)(gwr_filter_config_envoy envoy, gwr_text name, gwr_text document) {
  gwr_config *c = calloc(1, sizeof *c);
  if (c == NULL) return NULL;
  c->envoy = envoy;
  for (size_t i = 0; i < GWR_GAUGES; i++) c->gauges[i] = SIZE_MAX;
  if (!gwrLoad(c, name, document)) {
    free(c);
    return NULL;
  }
  return c;
}

// The thread may be any: the last stream to go takes the configuration along. There is none to destroy where one was refused, and no
// Envoy so far calls it then.
void HOOK(http_filter_config_destroy)(const void *config) {
  if (config == NULL) return;
  gwrUnload((gwr_config *)config);
  free((void *)config);
}

const void *HOOK(http_filter_per_route_config_new)(gwr_text name, gwr_text text) {
  gwr_route *r = calloc(1, sizeof *r);
  if (r == NULL) return NULL;
  if (!gwrLoadRoute(r, name, text)) {
    free(r);
    return NULL;
  }
  return r;
}

void HOOK(http_filter_per_route_config_destroy)(const void *route) {
  if (route == NULL) return;
  gwrUnloadRoute((gwr_route *)route);
  free((void *)route);
}

// Without memory there is no stream. Envoy calls its hooks nevertheless, and its reply passes.
const void *HOOK(http_filter_new)(const void *config, gwr_filter_envoy f) {
  (void)f;
  gwr_stream *s = calloc(1, sizeof *s);
  if (s == NULL) return NULL;
  s->config = config;
  struct timespec now;
  if (s->config->wants_time && clock_gettime(CLOCK_REALTIME, &now) == 0) s->time = now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
  return s;
}

// forget lets go of a reply, and of what it needed.
static void forget(gwr_stream *s) {
  if (s->quoting) gwrForget(s->quoting);
  free(s->kept);
  *s = (gwr_stream){.config = s->config, .time = s->time};
}

void HOOK(http_filter_destroy)(const void *stream) {
  if (stream == NULL) return;
  forget((gwr_stream *)stream);
  free((void *)stream);
}

// status reads a status of three digits, 0 for anything else.
static uint32_t status(gwr_filter_envoy f) {
  gwr_text text = {NULL, 0};
  if (!ENVOY(http_get_header)(f, GWR_RESPONSE_HEADERS, LITERAL(":status"), &text, 0, NULL) || text.length != 3) return 0;
  uint32_t status = 0;
  for (int i = 0; i < 3; i++) {
    if (text.at[i] < '0' || text.at[i] > '9') return 0;
    status = status * 10 + (uint32_t)(text.at[i] - '0');
  }
  return status;
}

// hidden is the status of the error that a reply with status 200 hides from all but clients of gRPC, 0 for none: see Needs.MayHideError.
static uint32_t hidden(gwr_filter_envoy f) {
  gwr_text ended = {NULL, 0};
  uint64_t code = 0;
  if (!ENVOY(http_get_header)(f, GWR_RESPONSE_HEADERS, LITERAL("grpc-status"), &ended, 0, NULL) || ended.length == 0) return 0;
  ENVOY(http_filter_get_attribute_int)(f, GWR_ATTRIBUTE_RESPONSE_CODE, &code);
  return (uint32_t)code;
}

// decide has Go decide on an error, and carries its decision out.
static void decide(gwr_filter_envoy f, gwr_stream *s, uint32_t status, gwr_text details, bool end) {
  gwr_exchange x;
  memset(&x, 0, offsetof(gwr_exchange, request_room));
  x.envoy = f, x.status = status, x.details = details, x.end_of_stream = end, x.time = s->time;
  x.request = x.request_room, x.response = x.response_room;
  gwr_read_headers(&x);
  gwr_read_fields(&x, s->config->fields);
  gwr_list list;
  gwr_begin_list(&list);
  gwrDecide((gwr_config *)s->config, &x, &list);
  if ((s->quoting = x.quoting) != 0) s->body = GWR_BODY_QUOTE;
  gwr_apply(f, s, false, &list);
  gwr_end_list(&list);
  if (x.request != x.request_room) free(x.request);
  if (x.response != x.response_room) free(x.response);
}

int HOOK(http_filter_response_headers)(gwr_filter_envoy f, const void *stream, bool end) {
  gwr_stream *s = (gwr_stream *)stream;
  if (s == NULL || s->config->passes) return GWR_CONTINUE;
  const gwr_config *c = s->config;
  forget(s); // this reply may take the place of another one
  uint32_t found = status(f);
  if (c->grpc && end && found == 200) found = hidden(f);
  if (found < c->lowest) return GWR_CONTINUE;
  if (c->idle) {
    gwr_leave(f, s, "off");
    return GWR_CONTINUE;
  }
  gwr_text details = {NULL, 0};
  ENVOY(http_filter_get_attribute_string)(f, GWR_ATTRIBUTE_RESPONSE_CODE_DETAILS, &details);
  gwr_text upstream = LITERAL("via_upstream");
  if (c->leaves_upstream && found >= GWR_FIRST_ERROR && details.length == upstream.length && memcmp(details.at, upstream.at, upstream.length) == 0) {
    gwr_leave(f, s, "upstream");
    return GWR_CONTINUE;
  }
  decide(f, s, found, details, end);
  return GWR_CONTINUE;
}

// quoted has Go say what becomes of a chunk, or of the trailers.
static int quoted(gwr_filter_envoy f, gwr_stream *s, bool trailers, bool end) {
  gwr_list list;
  gwr_begin_list(&list);
  bool hold = false;
  if (trailers)
    gwrTrailers(s->quoting, &list);
  else
    hold = gwrBody(s->quoting, f, ENVOY(http_get_body_size)(f, GWR_RECEIVED_BODY), end, &list);
  gwr_apply(f, s, trailers, &list);
  gwr_end_list(&list);
  return hold ? GWR_HOLD : GWR_CONTINUE;
}

int HOOK(http_filter_response_body)(gwr_filter_envoy f, const void *stream, bool end) {
  gwr_stream *s = (gwr_stream *)stream;
  int action = GWR_CONTINUE;
  if (s == NULL || s->body == GWR_BODY_PASS) return action;
  if (s->body == GWR_BODY_QUOTE)
    action = quoted(f, s, false, end);
  else
    gwr_fixed_chunk(f, s);
  if (end) gwr_count_once(f, s);
  return action;
}

int HOOK(http_filter_response_trailers)(gwr_filter_envoy f, const void *stream) {
  gwr_stream *s = (gwr_stream *)stream;
  if (s == NULL || s->body == GWR_BODY_PASS) return GWR_CONTINUE;
  if (s->body == GWR_BODY_QUOTE)
    quoted(f, s, true, true);
  else
    gwr_fixed_trailers(f, s);
  gwr_count_once(f, s);
  return GWR_CONTINUE;
}

void HOOK(http_filter_stream_complete)(gwr_filter_envoy f, const void *stream) {
  if (stream != NULL) gwr_count_once(f, (gwr_stream *)stream);
}
