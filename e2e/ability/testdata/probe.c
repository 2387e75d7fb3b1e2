// SPDX-License-Identifier: Apache-2.0

// A dynamic module that asks Envoy for every attribute as a text, a number and a boolean, and for metadata of each kind, and writes what it
// is told into headers of the reply. module/unused.c has the hooks that it has no use for.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../module/abi.h"

#define HOOK(name) envoy_dynamic_module_on_##name
#define ATTRIBUTES 68

bool ENVOY(http_filter_get_attribute_bool)(gwr_filter_envoy f, int attribute, bool *result);

static gwr_text text(const char *s) { return (gwr_text){s, strlen(s)}; }

static void say(gwr_filter_envoy f, const char *name, gwr_text value) { ENVOY(http_add_header)(f, GWR_RESPONSE_HEADERS, text(name), value); }

static void ask_attribute(gwr_filter_envoy f, int i) {
  char name[32], number[32];
  gwr_text told = {0};
  uint64_t n = 0;
  bool is = false;
  snprintf(name, sizeof name, "x-text-%d", i);
  if (ENVOY(http_filter_get_attribute_string)(f, i, &told)) say(f, name, told);
  snprintf(name, sizeof name, "x-number-%d", i);
  if (ENVOY(http_filter_get_attribute_int)(f, i, &n)) {
    snprintf(number, sizeof number, "%llu", (unsigned long long)n);
    say(f, name, text(number));
  }
  snprintf(name, sizeof name, "x-boolean-%d", i);
  if (ENVOY(http_filter_get_attribute_bool)(f, i, &is)) say(f, name, text(is ? "true" : "false"));
}

// ask_metadata asks for keys of the namespace "probe" in the metadata of source: a text, an object, and what is in it.
static void ask_metadata(gwr_filter_envoy f, const char *name, int source) {
  static const char *keys[] = {"key", "object", "object.key", "object/key"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    char header[64];
    gwr_text told = {0};
    snprintf(header, sizeof header, "x-%s-%zu", name, i);
    if (ENVOY(http_get_metadata_string)(f, source, text("probe"), text(keys[i]), &told)) say(f, header, told);
  }
}

int HOOK(http_filter_response_headers)(gwr_filter_envoy f, const void *s, bool end) {
  (void)s, (void)end;
  for (int i = 0; i < ATTRIBUTES; i++) ask_attribute(f, i);
  ask_metadata(f, "dynamic", 0);
  ask_metadata(f, "route", 1);
  // No further source is a virtual host: the last of them are the cluster and the upstream host.
  for (int source = 2; source < 6; source++) ask_metadata(f, "other", source);
  gwr_text told = {0};
  if (ENVOY(http_get_filter_state_typed)(f, text("probe.state"), &told)) say(f, "x-state", told);
  return GWR_CONTINUE;
}

static char nothing;
const char *HOOK(program_init)(void) { return "v0.1.0"; }
const void *HOOK(http_filter_config_new)(gwr_filter_config_envoy c, gwr_text name, gwr_text config) { return (void)c, (void)name, (void)config, &nothing; }
void HOOK(http_filter_config_destroy)(const void *c) { (void)c; }
const void *HOOK(http_filter_per_route_config_new)(gwr_text name, gwr_text config) { return (void)name, (void)config, NULL; }
void HOOK(http_filter_per_route_config_destroy)(const void *r) { (void)r; }
const void *HOOK(http_filter_new)(const void *c, gwr_filter_envoy f) { return (void)c, (void)f, &nothing; }
void HOOK(http_filter_destroy)(const void *s) { (void)s; }
int HOOK(http_filter_response_body)(gwr_filter_envoy f, const void *s, bool end) { return (void)f, (void)s, (void)end, GWR_CONTINUE; }
int HOOK(http_filter_response_trailers)(gwr_filter_envoy f, const void *s) { return (void)f, (void)s, GWR_CONTINUE; }
void HOOK(http_filter_stream_complete)(gwr_filter_envoy f, const void *s) { (void)f, (void)s; }
