// SPDX-License-Identifier: Apache-2.0

// What passes between the hooks, which are C, and the filter, which is Go: facts one way, a list of records the other.
#ifndef GWR_BRIDGE_H
#define GWR_BRIDGE_H

#include "abi.h"

// What a record of a list asks for. The numbers are those of package wire.
enum {
  GWR_SET_HEADER = 1,
  GWR_ADD_HEADER,
  GWR_REMOVE_HEADER,
  GWR_SET_FILTER_STATE,
  GWR_ADD_BODY,
  GWR_REPLACE_BODY,
  GWR_PREPEND_BODY,
  GWR_REMOVE_TRAILERS,
  GWR_COUNT,
  GWR_RESULT,
  GWR_FIXED_BODY,
  GWR_FAILED,
};

// The bits of the number of a GWR_FIXED_BODY.
enum { GWR_REPLACES = 1, GWR_NEEDS_BYTES = 2, GWR_MISSED = 4 };

// The counters that C moves by itself, by their places in filter.Counters.
enum { GWR_REPLIES = 0, GWR_LEFT = 1, GWR_COUNTERS = 9 };

// How many gauges filter.Gauges has.
enum { GWR_GAUGES = 3 };

// The lowest status that is an error.
enum { GWR_FIRST_ERROR = 400 };

// The head of a record. Behind it stand name and value, without padding.
typedef struct {
  uint32_t op, number, name, value;
} gwr_head;

// A list of records, which Go writes into the room; a long one stands in memory of malloc, which is its caller's to free.
enum { GWR_ROOM = 4096 };
typedef struct {
  char *at;
  size_t length;
  char room[GWR_ROOM];
} gwr_list;

// A configured filter. It is written while Envoy loads it and only read from then on, by all workers at once.
typedef struct {
  uintptr_t handle; // the filter in Go
  gwr_filter_config_envoy envoy;
  size_t counters[GWR_COUNTERS]; // their ids, see gwr_define_counter
  size_t gauges[GWR_GAUGES];     // the same of gauges; SIZE_MAX for none
  bool passes;                   // there is no good document: nothing is looked at
  bool idle;                     // mode off: errors are counted only
  bool grpc;                     // a 200 that ends with its headers may hide an error
  bool leaves_upstream;          // errors of upstreams are none of the document's
  bool wants_time;               // the time of a request may be asked for
  uint32_t lowest;               // the lowest status to look at
  uint32_t fields;               // what most errors ask for
} gwr_config;

// What a route says to the filter in its typed_per_filter_config.
typedef struct {
  uintptr_t handle; // the same in Go
} gwr_route;

// What Go reads of a reply. Texts and headers are Envoy's, good until the reply is changed.
enum { GWR_HEADERS = 64 };
typedef struct {
  gwr_filter_envoy envoy;
  int64_t time;
  uint32_t status, fields; // fields have been read
  bool end_of_stream;
  uint64_t flags;
  gwr_text details, owner, protocol, source, route_name, virtual_host, cluster, upstream, named, document;
  bool off;        // the metadata of the route says off without quotes, which YAML reads as a boolean
  uintptr_t route; // what typed_per_filter_config says
  uintptr_t quoting; // set by Go: the reply whose body quotes the original one
  gwr_header *request, *response;
  size_t request_count, response_count;
  gwr_header request_room[GWR_HEADERS], response_room[GWR_HEADERS];
} gwr_exchange;

// What may be read of an exchange: the bits of facts.Fields.
enum {
  GWR_FLAGS = 1 << 0,
  GWR_OWNER = 1 << 1,
  GWR_PROTOCOL = 1 << 2,
  GWR_SOURCE = 1 << 4,
  GWR_ROUTE_NAME = 1 << 5,
  GWR_VIRTUAL_HOST = 1 << 6,
  GWR_CLUSTER = 1 << 7,
  GWR_UPSTREAM = 1 << 8,
  GWR_ROUTE_METADATA = 1 << 10,
  GWR_ROUTE_DOCUMENT = 1 << 12,
};

// A value as Envoy has it: one of text, number, integer and boolean, or a list, which cannot be read.
enum { GWR_NOTHING, GWR_TEXT, GWR_NUMBER, GWR_INTEGER, GWR_BOOLEAN, GWR_LIST };
typedef struct {
  int kind;
  gwr_text text;
  double number;
  uint64_t integer;
  bool boolean;
} gwr_value;

// read.c: what Go asks for.
void gwr_read_headers(gwr_exchange *x);
void gwr_read_fields(gwr_exchange *x, uint32_t fields);
void gwr_read_attribute(gwr_filter_envoy f, int kind, int attribute, gwr_value *value);
void gwr_read_metadata(gwr_filter_envoy f, int kind, int source, gwr_text ns, gwr_text key, gwr_value *value);
void gwr_read_state(gwr_filter_envoy f, gwr_text key, gwr_value *value);
size_t gwr_read_chunk(gwr_filter_envoy f, char *into, size_t limit);

// version.c
bool gwr_is_140(void);

// metrics.c
void gwr_define_counter(gwr_config *c, size_t counter, gwr_text name, gwr_text *labels, size_t count);
void gwr_count(gwr_filter_envoy f, const gwr_config *c, size_t counter, gwr_text first, gwr_text second);
void gwr_define_gauge(gwr_config *c, size_t gauge, gwr_text name, gwr_text label);
void gwr_set_gauge(const gwr_config *c, size_t gauge, gwr_text label_value, uint64_t value);

#endif
