// SPDX-License-Identifier: Apache-2.0

//go:build module && fakeenvoy

// What the module may ask an Envoy for tests. What Envoy's own header allows is done; what it does not is counted as misuse.
#include <stdlib.h>
#include <string.h>

#include "fakeenvoy.h"

static bool equal(gwr_text a, const char *at, size_t length) { return a.length == length && (length == 0 || memcmp(a.at, at, length) == 0); }

// touch reads each byte of a text, so that a sanitizer looks at it.
static void touch(gwr_text text) {
  volatile char sum = 0;
  for (size_t i = 0; i < text.length; i++) sum = (char)(sum ^ text.at[i]);
}

// That it is there says that this is Envoy 1.40, see version.c.
void ENVOY(http_get_timing_info)(void) { abort(); }

void ENVOY(log)(int level, gwr_text message) { (void)level, touch(message); }
bool ENVOY(is_validation_mode)(void) { return false; }
uint32_t ENVOY(get_concurrency)(void) { return 1; }

bool ENVOY(http_get_header)(gwr_filter_envoy f, int type, gwr_text key, gwr_text *result, size_t index, size_t *count) {
  fake_headers *h = &((fake_exchange *)f)->headers[type];
  size_t found = 0;
  *result = (gwr_text){NULL, 0};
  for (size_t i = 0; i < h->count; i++)
    if (equal(key, h->lines[i].name, h->lines[i].name_length) && found++ == index) *result = (gwr_text){h->lines[i].value, h->lines[i].value_length};
  if (count != NULL) *count = found;
  return index < found;
}

size_t ENVOY(http_get_headers_size)(gwr_filter_envoy f, int type) { return ((fake_exchange *)f)->headers[type].count; }

bool ENVOY(http_get_headers)(gwr_filter_envoy f, int type, gwr_header *result) {
  fake_headers *h = &((fake_exchange *)f)->headers[type];
  if (h->count > 0) memcpy(result, h->lines, h->count * sizeof *result);
  return true;
}

// renew gives all lines but those of a name new memory. What was read before is gone.
static void renew(fake_headers *h, gwr_text without) {
  fake_headers made = {malloc((h->count + 1) * sizeof *made.lines), 0};
  for (size_t i = 0; i < h->count; i++) {
    gwr_header line = h->lines[i];
    if (without.at != NULL && equal(without, line.name, line.name_length)) continue;
    char *name = malloc(line.name_length), *value = malloc(line.value_length);
    memcpy(name, line.name, line.name_length);
    memcpy(value, line.value, line.value_length);
    made.lines[made.count++] = (gwr_header){name, line.name_length, value, line.value_length};
  }
  for (size_t i = 0; i < h->count; i++) free((char *)h->lines[i].name), free((char *)h->lines[i].value);
  free(h->lines);
  *h = made;
}

bool ENVOY(http_add_header)(gwr_filter_envoy f, int type, gwr_text key, gwr_text value) {
  fake_exchange *x = f;
  if (type == GWR_REQUEST_HEADERS || value.length == 0) return x->misuse++, false;
  fake_add_header(x, type, key, value);
  renew(&x->headers[type], (gwr_text){NULL, 0});
  return true;
}

// set keeps the place of the first line of the name, and removes all for an empty value, as Envoy does.
bool ENVOY(http_set_header)(gwr_filter_envoy f, int type, gwr_text key, gwr_text value) {
  fake_exchange *x = f;
  fake_headers *h = &x->headers[type];
  if (type == GWR_REQUEST_HEADERS) return x->misuse++, false;
  touch(key), touch(value);
  if (value.length == 0) {
    renew(h, key);
    return true;
  }
  size_t first = 0;
  while (first < h->count && !equal(key, h->lines[first].name, h->lines[first].name_length)) first++;
  if (first == h->count) return ENVOY(http_add_header)(f, type, key, value);
  size_t kept = first + 1;
  for (size_t i = kept; i < h->count; i++) {
    if (equal(key, h->lines[i].name, h->lines[i].name_length))
      free((char *)h->lines[i].name), free((char *)h->lines[i].value);
    else
      h->lines[kept++] = h->lines[i];
  }
  h->count = kept;
  fake_set_text((gwr_text *)&h->lines[first].value, value);
  renew(h, (gwr_text){NULL, 0});
  return true;
}

// body is the one of a type, NULL when there is none now.
static fake_body *body(fake_exchange *x, int type) {
  if (type == GWR_BUFFERED_BODY) return &x->buffered;
  return type == GWR_RECEIVED_BODY && x->in_body ? &x->received : NULL;
}

size_t ENVOY(http_get_body_size)(gwr_filter_envoy f, int type) {
  fake_body *b = body(f, type);
  return b == NULL ? 0 : b->length;
}

size_t ENVOY(http_get_body_chunks_size)(gwr_filter_envoy f, int type) {
  fake_body *b = body(f, type);
  size_t piece = ((fake_exchange *)f)->piece;
  return b == NULL ? 0 : b->length / piece + (b->length % piece > 0);
}

bool ENVOY(http_get_body_chunks)(gwr_filter_envoy f, int type, gwr_text *result) {
  fake_body *b = body(f, type);
  if (b == NULL) return false;
  size_t piece = ((fake_exchange *)f)->piece;
  for (size_t at = 0; at < b->length;) {
    size_t length = b->length - at < piece ? b->length - at : piece;
    *result++ = (gwr_text){b->at + at, length};
    at += length;
  }
  return true;
}

bool ENVOY(http_append_body)(gwr_filter_envoy f, int type, gwr_text data) {
  fake_body *b = body(f, type);
  if (b == NULL) return ((fake_exchange *)f)->misuse++, false;
  char *made = malloc(b->length + data.length);
  if (b->length > 0) memcpy(made, b->at, b->length);
  if (data.length > 0) memcpy(made + b->length, data.at, data.length);
  free(b->at);
  *b = (fake_body){made, b->length + data.length};
  return true;
}

bool ENVOY(http_drain_body)(gwr_filter_envoy f, int type, size_t bytes) {
  fake_body *b = body(f, type);
  if (b == NULL) return ((fake_exchange *)f)->misuse++, false;
  if (bytes > b->length) bytes = b->length;
  char *made = malloc(b->length - bytes);
  memcpy(made, b->at + bytes, b->length - bytes);
  free(b->at);
  *b = (fake_body){made, b->length - bytes};
  return true;
}

bool ENVOY(http_filter_get_attribute_string)(gwr_filter_envoy f, int attribute, gwr_text *result) {
  *result = ((fake_exchange *)f)->attributes[attribute];
  return result->at != NULL;
}

bool ENVOY(http_filter_get_attribute_int)(gwr_filter_envoy f, int attribute, uint64_t *result) {
  if (!((fake_exchange *)f)->has_integer[attribute]) return false;
  *result = ((fake_exchange *)f)->integers[attribute];
  return true;
}

bool ENVOY(http_filter_get_attribute_bool)(gwr_filter_envoy f, int attribute, bool *result) { return (void)f, (void)attribute, (void)result, false; }

bool ENVOY(http_get_cluster_name)(gwr_filter_envoy f, gwr_text *result) {
  *result = ((fake_exchange *)f)->cluster;
  return result->at != NULL;
}

bool ENVOY(http_get_metadata_string)(gwr_filter_envoy f, int source, gwr_text ns, gwr_text key, gwr_text *result) {
  fake_exchange *x = f;
  touch(ns);
  *result = equal(key, "route", 5) ? x->route : equal(key, "document", 8) ? x->document : (gwr_text){NULL, 0};
  return source == GWR_ROUTE_SOURCE && result->at != NULL;
}

bool ENVOY(http_get_metadata_bool)(gwr_filter_envoy f, int source, gwr_text ns, gwr_text key, bool *result) {
  (void)f, (void)source, (void)result, touch(ns), touch(key);
  return false;
}

bool ENVOY(http_get_metadata_number)(gwr_filter_envoy f, int source, gwr_text ns, gwr_text key, double *result) {
  (void)f, (void)source, (void)result, touch(ns), touch(key);
  return false;
}

bool ENVOY(http_get_metadata_list_size)(gwr_filter_envoy f, int source, gwr_text ns, gwr_text key, size_t *result) {
  (void)f, (void)source, (void)result, touch(ns), touch(key);
  return false;
}

bool ENVOY(http_get_filter_state_typed)(gwr_filter_envoy f, gwr_text key, gwr_text *result) {
  touch(key);
  *result = ((fake_exchange *)f)->owner;
  return result->at != NULL;
}

bool ENVOY(http_set_filter_state_bytes)(gwr_filter_envoy f, gwr_text key, gwr_text value) {
  (void)f, touch(key), touch(value);
  return true;
}

const void *ENVOY(get_most_specific_route_config)(gwr_filter_envoy f) { return ((fake_exchange *)f)->per_route; }

// define makes a metric. Only while a filter is configured there are new ones.
static int define(fake_config *c, gwr_text name, gwr_text *labels, size_t count, size_t *id) {
  if (c->module != NULL || c->metrics == FAKE_METRICS || count > FAKE_LABELS) return 3;
  for (size_t i = 0; i < count; i++) touch(labels[i]);
  fake_set_text(&c->names[c->metrics], name);
  c->labels[c->metrics] = count;
  *id = c->metrics++;
  return GWR_METRIC_OK;
}

int ENVOY(http_filter_config_define_counter)(gwr_filter_config_envoy c, gwr_text name, gwr_text *labels, size_t count, size_t *id) {
  return define(c, name, labels, count, id);
}

int ENVOY(http_filter_config_define_gauge)(gwr_filter_config_envoy c, gwr_text name, gwr_text *labels, size_t count, size_t *id) {
  return define(c, name, labels, count, id);
}

uint64_t fake_invalid, fake_revision;

int ENVOY(http_filter_config_set_gauge)(gwr_filter_config_envoy c, size_t id, gwr_text *values, size_t count, uint64_t value) {
  fake_config *config = c;
  for (size_t i = 0; i < count; i++) touch(values[i]);
  if (id >= config->metrics || config->labels[id] != count) return 2;
  gwr_text name = config->names[id];
  static const char revision[] = "gateway_responses.revision";
  if (count == 0) __atomic_store_n(&fake_invalid, value, __ATOMIC_RELAXED);
  if (name.length == sizeof revision - 1 && memcmp(name.at, revision, name.length) == 0) __atomic_store_n(&fake_revision, value, __ATOMIC_RELAXED);
  return GWR_METRIC_OK;
}

int ENVOY(http_filter_increment_counter)(gwr_filter_envoy f, size_t id, gwr_text *values, size_t count, uint64_t by) {
  fake_exchange *x = f;
  fake_config *c = x->config;
  for (size_t i = 0; i < count; i++) touch(values[i]);
  if (id >= c->metrics || c->labels[id] != count) return x->misuse++, 2;
  __atomic_fetch_add(&c->counted[id], by, __ATOMIC_RELAXED);
  return GWR_METRIC_OK;
}
