// SPDX-License-Identifier: Apache-2.0

// What the hooks of one exchange share.
#ifndef GWR_STREAM_H
#define GWR_STREAM_H

#include "bridge.h"

// What is done with the next chunk of the original body.
enum {
  GWR_BODY_PASS,    // it passes
  GWR_BODY_REPLACE, // the new body takes its place
  GWR_BODY_DROP,    // the new body has gone, so it is emptied
  GWR_BODY_QUOTE,   // Go says
};

// One exchange. Good traffic uses config and time only.
typedef struct {
  const gwr_config *config;
  int64_t time; // when the request began, in nanoseconds since 1970, if the document may ask for it
  uint8_t body;
  bool needs_bytes;  // chunks pass until the first one that has a byte
  bool missed;       // it is an error when trailers come in the place of that chunk
  bool changed;      // the headers are those of the new reply
  bool failed;       // something of it went wrong
  bool counted;      // it has been counted
  bool held;         // Envoy holds the chunk before
  uintptr_t quoting; // the reply in Go whose body quotes the original one, 0 for none
  // The type of the reply, what the client gets of it, and its body, one behind the other, as long as they are needed.
  char *kept;
  size_t type_length, result_length, body_length;
} gwr_stream;

// gwr_apply carries a list of records out, in the hook of the trailers or in another one.
void gwr_apply(gwr_filter_envoy f, gwr_stream *s, bool trailers, const gwr_list *list);

// gwr_begin_list is an empty list, whose memory gwr_end_list frees.
void gwr_begin_list(gwr_list *list);
void gwr_end_list(gwr_list *list);

// gwr_count_once counts a reply that has been replaced, unless it has been counted.
void gwr_count_once(gwr_filter_envoy f, gwr_stream *s);

// gwr_leave counts a reply that is left.
void gwr_leave(gwr_filter_envoy f, const gwr_stream *s, const char *why);

// gwr_replace_chunk puts a body, which may be empty, in the place of the chunk at hand; gwr_remove_trailers removes all trailers.
bool gwr_replace_chunk(gwr_filter_envoy f, gwr_text body);
bool gwr_remove_trailers(gwr_filter_envoy f);

// gwr_fixed_chunk and gwr_fixed_trailers do what is left to do with a body that is known.
void gwr_fixed_chunk(gwr_filter_envoy f, gwr_stream *s);
void gwr_fixed_trailers(gwr_filter_envoy f, gwr_stream *s);

#endif
