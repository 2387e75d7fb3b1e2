// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"maps"
	"slices"
	"strings"
	"time"

	prometheus "github.com/prometheus/client_model/go"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
)

const (
	// maxCounters bounds how many counters are kept of a node, and maxCounterName their names, in bytes.
	maxCounters, maxCounterName = 512, 128
	// The gauges of the filter that are no replies.
	invalidGauge, revisionGauge = "config_invalid", "revision."
)

// statPrefixes are in front of the names that Envoy gives the counters of the filter.
var statPrefixes = map[ability.Adapter]string{
	ability.Wasm:   "wasmcustom.gateway_responses",
	ability.Module: "dynamicmodulescustom.gateway_responses",
}

// counters are those of a node.
type counters struct {
	at time.Time
	// by are those of the filter, by each adapter.
	by map[ability.Adapter]*filterCounters
}

func newCounters() *counters {
	return &counters{by: map[ability.Adapter]*filterCounters{ability.Wasm: {}, ability.Module: {}}}
}

// filterCounters are those of the filter of a node, by one adapter.
type filterCounters struct {
	replies map[string]uint64
	// revisions are by the names of plugins.
	revisions map[string]int64
	invalid   bool
}

// take keeps a counter or a gauge by its name after "gateway_responses.". What the filter cannot have said is dropped.
func (c *filterCounters) take(name string, metric *prometheus.Metric) {
	if name == "" || len(name) > maxCounterName {
		return
	}
	plugin, isRevision := strings.CutPrefix(name, revisionGauge)
	switch {
	case name == invalidGauge:
		c.invalid = metric.GetGauge().GetValue() != 0
	case isRevision:
		if isCount(metric.GetGauge().GetValue()) {
			keep(&c.revisions, plugin, int64(metric.GetGauge().GetValue()))
		}
	case metric.GetCounter() != nil:
		if isCount(metric.GetCounter().GetValue()) && chars.IsToken(name) {
			keep(&c.replies, name, uint64(metric.GetCounter().GetValue()))
		}
	}
}

// isCount reports whether a number is one that something was counted to, as far as a float64 counts: neither below 0 nor NaN.
func isCount(value float64) bool { return value >= 0 && value <= 1<<53 }

// keep sets a value in a map that does not grow without end.
func keep[V any](values *map[string]V, name string, value V) {
	if *values == nil {
		*values = map[string]V{}
	}
	if _, known := (*values)[name]; known || len(*values) < maxCounters {
		(*values)[name] = value
	}
}

// statName is the name of a statistic after "gateway_responses.", as the wasm filter has it. The module's has the names of tags in it.
// Where Envoy takes tags out of names and sends them as labels (emit_tags_as_labels), they are put in again: each has its place by its
// name.
func statName(name string, metric *prometheus.Metric) string {
	labels := map[string]string{}
	for _, label := range metric.GetLabel() {
		labels[label.GetName()] = label.GetValue()
	}
	parts := strings.Split(strings.TrimPrefix(name, "."), ".")
	if parts[0] == "" {
		parts = parts[1:]
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return slices.Contains(tags, part) })
	for _, tag := range tags {
		if value, found := labels[tag]; found {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, ".")
}

// tags are the tags that envoy.yaml takes out of the names of counters, and that the module gives its own, in the order in which they
// stand there.
var tags = []string{"gateway_response_type", "gateway_response_status", "gateway_response_left", "gateway_responses_plugin", "gateway_responses_version"}

// of are the counters of a resource as they are shown, with the revision that it runs.
func (c *counters) of(resource envoy.Resource) *deliver.Counters {
	of := c.by[resource.Adapter]
	return &deliver.Counters{At: c.at, Replies: maps.Clone(of.replies), Revision: of.revisions[resource.Name()], Invalid: of.invalid}
}
