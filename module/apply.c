// SPDX-License-Identifier: Apache-2.0

//go:build module

// Lists of records, carried out.
#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"
#include "stream.h"

void gwr_begin_list(gwr_list *list) { list->at = list->room, list->length = 0; }

void gwr_end_list(gwr_list *list) {
  if (list->at != list->room) free(list->at);
}

void gwr_leave(gwr_filter_envoy f, const gwr_stream *s, const char *why) {
  gwr_count(f, s->config, GWR_LEFT, (gwr_text){why, strlen(why)}, (gwr_text){NULL, 0});
}

// refused counts a reply of which Envoy refused a part, and has it logged.
static void refused(gwr_filter_envoy f, const gwr_stream *s) {
  gwr_leave(f, s, "hostError");
  gwrRefused();
}

// count counts a reply that has been replaced.
static void count(gwr_filter_envoy f, gwr_stream *s, gwr_text type, gwr_text result) {
  s->counted = true;
  if (s->failed)
    refused(f, s);
  else
    gwr_count(f, s->config, GWR_REPLIES, type, result);
}

void gwr_count_once(gwr_filter_envoy f, gwr_stream *s) {
  if (s->kept == NULL || s->counted) return;
  count(f, s, (gwr_text){s->kept, s->type_length}, (gwr_text){s->kept + s->type_length, s->result_length});
}

// keep keeps what is needed when the body comes.
static void keep(gwr_stream *s, gwr_text type, gwr_text result, gwr_text body) {
  if ((s->kept = malloc(type.length + result.length + body.length + 1)) == NULL) abort(); // so does Envoy
  memcpy(s->kept, type.at, type.length);
  memcpy(s->kept + type.length, result.at, result.length);
  if (body.length > 0) memcpy(s->kept + type.length + result.length, body.at, body.length);
  s->type_length = type.length, s->result_length = result.length, s->body_length = body.length;
}

// prepend puts a body before the chunk at hand.
static bool prepend(gwr_filter_envoy f, gwr_text body) {
  size_t size = ENVOY(http_get_body_size)(f, GWR_RECEIVED_BODY);
  char *whole = malloc(body.length + size + 1);
  if (whole == NULL) return false;
  memcpy(whole, body.at, body.length);
  size_t rest = gwr_read_chunk(f, whole + body.length, size);
  bool done = gwr_replace_chunk(f, (gwr_text){whole, body.length + rest});
  free(whole);
  return done;
}

// replace_held puts a body in the place of the chunks that Envoy holds.
static bool replace_held(gwr_filter_envoy f, gwr_text body) {
  size_t size = ENVOY(http_get_body_size)(f, GWR_BUFFERED_BODY);
  if (size > 0 && !ENVOY(http_drain_body)(f, GWR_BUFFERED_BODY, size)) return false;
  return body.length == 0 || ENVOY(http_append_body)(f, GWR_BUFFERED_BODY, body);
}

// header notes what became of a change of the headers, and reports whether to go on: a reply whose first change fails is left.
static bool header(gwr_stream *s, bool done) {
  s->changed = s->changed || done;
  s->failed = s->failed || !done;
  return s->changed;
}

// apply_record carries one record out, and reports whether to go on. body is that of the last GWR_FIXED_BODY.
static bool apply_record(gwr_filter_envoy f, gwr_stream *s, bool trailers, const gwr_head *head, gwr_text name, gwr_text value, gwr_text *body) {
  const gwr_text none = {NULL, 0};
  switch (head->op) {
  case GWR_SET_HEADER:
    return header(s, ENVOY(http_set_header)(f, GWR_RESPONSE_HEADERS, name, value));
  case GWR_ADD_HEADER:
    return header(s, ENVOY(http_add_header)(f, GWR_RESPONSE_HEADERS, name, value));
  case GWR_REMOVE_HEADER:
    return header(s, ENVOY(http_set_header)(f, GWR_RESPONSE_HEADERS, name, none));
  case GWR_ADD_BODY:
    return header(s, ENVOY(http_append_body)(f, GWR_BUFFERED_BODY, value));
  case GWR_SET_FILTER_STATE:
    ENVOY(http_set_filter_state_bytes)(f, name, value); // a reply is right without it
    break;
  case GWR_REPLACE_BODY:
    s->failed |= !(trailers ? replace_held(f, value) : gwr_replace_chunk(f, value));
    break;
  case GWR_PREPEND_BODY:
    s->failed |= !prepend(f, value);
    break;
  case GWR_REMOVE_TRAILERS:
    s->failed |= !gwr_remove_trailers(f);
    break;
  case GWR_COUNT:
    gwr_count(f, s->config, head->number, name, value);
    break;
  case GWR_FIXED_BODY:
    s->body = head->number & GWR_REPLACES ? GWR_BODY_REPLACE : GWR_BODY_DROP;
    s->needs_bytes = head->number & GWR_NEEDS_BYTES;
    s->missed = head->number & GWR_MISSED;
    *body = value;
    break;
  case GWR_RESULT:
    if (s->body == GWR_BODY_PASS)
      count(f, s, name, value);
    else
      keep(s, name, value, *body);
    break;
  case GWR_FAILED:
    s->failed = true;
    break;
  }
  return true;
}

void gwr_apply(gwr_filter_envoy f, gwr_stream *s, bool trailers, const gwr_list *list) {
  const char *at = list->at, *end = at + list->length;
  gwr_text body = {NULL, 0};
  while ((size_t)(end - at) >= sizeof(gwr_head)) {
    gwr_head head;
    memcpy(&head, at, sizeof head);
    at += sizeof head;
    if (head.name > (size_t)(end - at) || head.value > (size_t)(end - at) - head.name) return;
    gwr_text name = {at, head.name}, value = {at + head.name, head.value};
    at += (size_t)head.name + head.value;
    if (!apply_record(f, s, trailers, &head, name, value, &body)) {
      s->body = GWR_BODY_PASS;
      refused(f, s);
      return;
    }
  }
}
