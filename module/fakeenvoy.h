// SPDX-License-Identifier: Apache-2.0

// An Envoy for tests: one exchange whose header maps, bodies and metadata are memory of its own, which moves with each change.
#ifndef GWR_FAKEENVOY_H
#define GWR_FAKEENVOY_H

#include "abi.h"

enum { FAKE_ATTRIBUTES = 68, FAKE_METRICS = 64, FAKE_LABELS = 4 };

typedef struct {
  gwr_header *lines;
  size_t count;
} fake_headers;

typedef struct {
  char *at;
  size_t length;
} fake_body;

// A filter as it is configured: the metrics that the module has defined, with their labels, and how often each counter was raised.
typedef struct {
  const void *module;
  size_t metrics, labels[FAKE_METRICS];
  uint64_t counted[FAKE_METRICS];
  gwr_text names[FAKE_METRICS];
} fake_config;

typedef struct {
  fake_config *config;
  const void *module;
  fake_headers headers[4]; // by http_header_type
  fake_body received, buffered, sent;
  bool in_body; // only then there is a received body
  size_t piece; // the received body comes in pieces of this size
  gwr_text attributes[FAKE_ATTRIBUTES];
  bool has_integer[FAKE_ATTRIBUTES];
  uint64_t integers[FAKE_ATTRIBUTES];
  gwr_text owner, cluster, route, document;
  const void *per_route; // what the route says in its typed_per_filter_config, NULL for nothing
  size_t misuse; // calls that Envoy would not expect
} fake_exchange;

// fake_load configures a filter, NULL when the module refuses; fake_unload ends it.
fake_config *fake_load(gwr_text name, gwr_text document);
void fake_unload(fake_config *c);

// fake_load_route makes what a route says, NULL when the module refuses; fake_unload_route ends it.
const void *fake_load_route(gwr_text name, gwr_text text);
void fake_unload_route(const void *route);

// What the gauge without a label has, and the one of revisions. Filters share gauges by their names.
extern uint64_t fake_invalid, fake_revision;

// An exchange, from its beginning to its end. Texts that are given are copied.
fake_exchange *fake_begin(fake_config *c);
void fake_add_header(fake_exchange *x, int type, gwr_text name, gwr_text value);
void fake_set_text(gwr_text *place, gwr_text text);
void fake_response_headers(fake_exchange *x, bool end);
void fake_response_body(fake_exchange *x, gwr_text chunk, bool end);
void fake_response_trailers(fake_exchange *x);
void fake_complete(fake_exchange *x);

// fake_withdraw takes a reply back for another one, fake_unmake the stream of the module, as if it had made none.
void fake_withdraw(fake_exchange *x);
void fake_unmake(fake_exchange *x);
void fake_end(fake_exchange *x);

#endif
