// SPDX-License-Identifier: Apache-2.0

//go:build module && fakeenvoy

// The exchange of an Envoy for tests. Each text is a piece of malloc of just its size: a sanitizer sees a byte that is read before it,
// behind it, or after Envoy would have taken it away.
#include <stdlib.h>
#include <string.h>

#include "fakeenvoy.h"

#define HOOK(name) envoy_dynamic_module_on_##name

const void *HOOK(http_filter_config_new)(gwr_filter_config_envoy c, gwr_text name, gwr_text document);
void HOOK(http_filter_config_destroy)(const void *config);
const void *HOOK(http_filter_per_route_config_new)(gwr_text name, gwr_text text);
void HOOK(http_filter_per_route_config_destroy)(const void *route);
const void *HOOK(http_filter_new)(const void *config, gwr_filter_envoy f);
void HOOK(http_filter_destroy)(const void *stream);
int HOOK(http_filter_request_headers)(gwr_filter_envoy f, const void *stream, bool end);
int HOOK(http_filter_response_headers)(gwr_filter_envoy f, const void *stream, bool end);
int HOOK(http_filter_response_body)(gwr_filter_envoy f, const void *stream, bool end);
int HOOK(http_filter_response_trailers)(gwr_filter_envoy f, const void *stream);
void HOOK(http_filter_stream_complete)(gwr_filter_envoy f, const void *stream);

static char *copy(const char *at, size_t length) {
  char *made = malloc(length);
  if (made == NULL && length > 0) abort();
  if (length > 0) memcpy(made, at, length);
  return made;
}

fake_config *fake_load(gwr_text name, gwr_text document) {
  fake_config *c = calloc(1, sizeof *c);
  if ((c->module = HOOK(http_filter_config_new)(c, name, document)) != NULL) return c;
  fake_unload(c);
  return NULL;
}

void fake_unload(fake_config *c) {
  if (c->module != NULL) HOOK(http_filter_config_destroy)(c->module); // Envoy destroys none that was refused
  for (size_t i = 0; i < c->metrics; i++) free((char *)c->names[i].at);
  free(c);
}

const void *fake_load_route(gwr_text name, gwr_text text) { return HOOK(http_filter_per_route_config_new)(name, text); }

void fake_unload_route(const void *route) { HOOK(http_filter_per_route_config_destroy)(route); }

fake_exchange *fake_begin(fake_config *c) {
  fake_exchange *x = calloc(1, sizeof *x);
  x->config = c;
  x->piece = SIZE_MAX;
  x->module = HOOK(http_filter_new)(c->module, x);
  return x;
}

void fake_add_header(fake_exchange *x, int type, gwr_text name, gwr_text value) {
  fake_headers *h = &x->headers[type];
  h->lines = realloc(h->lines, (h->count + 1) * sizeof *h->lines);
  h->lines[h->count++] = (gwr_header){copy(name.at, name.length), name.length, copy(value.at, value.length), value.length};
}

void fake_set_text(gwr_text *place, gwr_text text) {
  free((char *)place->at);
  *place = (gwr_text){copy(text.at, text.length), text.length};
}

// append puts bytes behind a body, in new memory.
static void append(fake_body *body, const char *at, size_t length) {
  char *made = malloc(body->length + length);
  if (body->length > 0) memcpy(made, body->at, body->length);
  if (length > 0) memcpy(made + body->length, at, length);
  free(body->at);
  *body = (fake_body){made, body->length + length};
}

// pass hands what is buffered and received to the client.
static void pass(fake_exchange *x) {
  append(&x->sent, x->buffered.at, x->buffered.length);
  append(&x->sent, x->received.at, x->received.length);
  free(x->buffered.at), free(x->received.at);
  x->buffered = x->received = (fake_body){NULL, 0};
}

void fake_response_headers(fake_exchange *x, bool end) {
  HOOK(http_filter_request_headers)(x, x->module, true);
  if (HOOK(http_filter_response_headers)(x, x->module, end) != GWR_CONTINUE) x->misuse++;
  if (end) pass(x);
}

void fake_response_body(fake_exchange *x, gwr_text chunk, bool end) {
  append(&x->received, chunk.at, chunk.length);
  x->in_body = true;
  int action = HOOK(http_filter_response_body)(x, x->module, end);
  x->in_body = false;
  if (action == GWR_CONTINUE) {
    pass(x);
    return;
  }
  if (action != GWR_HOLD) x->misuse++;
  append(&x->buffered, x->received.at, x->received.length);
  free(x->received.at);
  x->received = (fake_body){NULL, 0};
}

void fake_response_trailers(fake_exchange *x) {
  if (HOOK(http_filter_response_trailers)(x, x->module) != GWR_CONTINUE) x->misuse++;
  pass(x);
}

void fake_complete(fake_exchange *x) {
  HOOK(http_filter_stream_complete)(x, x->module);
  if (x->module != NULL) HOOK(http_filter_destroy)(x->module);
}

static void free_lines(gwr_header *lines, size_t count) {
  for (size_t i = 0; i < count; i++) free((char *)lines[i].name), free((char *)lines[i].value);
  free(lines);
}

void fake_withdraw(fake_exchange *x) {
  free_lines(x->headers[GWR_RESPONSE_HEADERS].lines, x->headers[GWR_RESPONSE_HEADERS].count);
  x->headers[GWR_RESPONSE_HEADERS] = (fake_headers){NULL, 0};
  free(x->sent.at);
  x->sent = (fake_body){NULL, 0};
}

void fake_unmake(fake_exchange *x) {
  HOOK(http_filter_destroy)(x->module);
  x->module = NULL;
}

void fake_end(fake_exchange *x) {
  for (int i = 0; i < 4; i++) free_lines(x->headers[i].lines, x->headers[i].count);
  for (int i = 0; i < FAKE_ATTRIBUTES; i++) free((char *)x->attributes[i].at);
  free((char *)x->owner.at), free((char *)x->cluster.at), free((char *)x->route.at), free((char *)x->document.at);
  free(x->received.at), free(x->buffered.at), free(x->sent.at);
  free(x);
}
