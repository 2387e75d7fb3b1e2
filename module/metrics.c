// SPDX-License-Identifier: Apache-2.0

//go:build module

// Counters and gauges. Where Envoy refuses one there is none: a counter that fails has nothing to be counted by.
#include "bridge.h"

void gwr_define_counter(gwr_config *c, size_t counter, gwr_text name, gwr_text *labels, size_t count) {
  c->counters[counter] = SIZE_MAX;
  size_t id;
  if (ENVOY(http_filter_config_define_counter)(c->envoy, name, labels, count, &id) == GWR_METRIC_OK) c->counters[counter] = id;
}

void gwr_count(gwr_filter_envoy f, const gwr_config *c, size_t counter, gwr_text first, gwr_text second) {
  if (counter >= GWR_COUNTERS || c->counters[counter] == SIZE_MAX) return;
  gwr_text values[] = {first, second};
  size_t count = counter == GWR_REPLIES ? 2 : counter == GWR_LEFT ? 1 : 0;
  ENVOY(http_filter_increment_counter)(f, c->counters[counter], values, count, 1);
}

// Envoy takes definitions while it loads a configuration alone, and sets gauges later, too.
void gwr_define_gauge(gwr_config *c, size_t gauge, gwr_text name, gwr_text label) {
  size_t id;
  if (ENVOY(http_filter_config_define_gauge)(c->envoy, name, &label, label.length > 0, &id) == GWR_METRIC_OK) c->gauges[gauge] = id;
}

// The value of a label is never empty.
void gwr_set_gauge(const gwr_config *c, size_t gauge, gwr_text label_value, uint64_t value) {
  if (c->gauges[gauge] == SIZE_MAX) return;
  ENVOY(http_filter_config_set_gauge)(c->envoy, c->gauges[gauge], &label_value, label_value.length > 0, value);
}
