// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"maps"
	"strings"
	"time"

	metrics "github.com/envoyproxy/go-control-plane/envoy/service/metrics/v3"
	prometheus "github.com/prometheus/client_model/go"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/deliver"
)

const (
	// statPrefix is in front of the names that Envoy gives the counters of the filter.
	statPrefix = "wasmcustom.gateway_responses"
	// maxCounters bounds how many counters are kept of a node, and maxCounterName their names, in bytes.
	maxCounters, maxCounterName = 512, 128
	// The gauges of the filter that are no replies.
	invalidGauge, revisionGauge = "config_invalid", "revision."
)

// metricsService keeps the counters of the filter that Envoys send, until ctx ends.
type metricsService struct {
	hub *hub
	ctx context.Context
}

// StreamMetrics takes the counters of a node until its stream ends.
func (m *metricsService) StreamMetrics(stream metrics.MetricsService_StreamMetricsServer) error {
	who, node := clientOf(stream.Context()), ""
	mine := &counters{}
	defer func() { m.hub.forget(node, mine) }()
	messages := make(chan *metrics.StreamMetricsMessage)
	go receive(m.ctx, stream, messages)
	for {
		select {
		case <-m.ctx.Done():
			return nil
		case message, open := <-messages:
			if !open {
				return nil
			}
			if node == "" {
				id := message.GetIdentifier().GetNode().GetId()
				if err := who.checkNode(id); err != nil {
					return err
				}
				node = id
			}
			m.hub.count(node, mine, message.GetEnvoyMetrics())
		}
	}
}

// receive passes on what comes on a stream until either ends.
func receive(ctx context.Context, stream metrics.MetricsService_StreamMetricsServer, to chan<- *metrics.StreamMetricsMessage) {
	defer close(to)
	for {
		message, err := stream.Recv()
		if err != nil {
			return
		}
		select {
		case to <- message:
		case <-stream.Context().Done():
			return
		case <-ctx.Done():
			return
		}
	}
}

// counters are those of the filter of a node.
type counters struct {
	at      time.Time
	replies map[string]uint64
	// revisions are by the names of plugins.
	revisions map[string]int64
	invalid   bool
}

// count takes what a node sent. It may come in several messages, which all begin anew what they hold.
func (h *hub) count(node string, mine *counters, families []*prometheus.MetricFamily) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counters[node] = mine
	mine.at = h.now()
	for _, family := range families {
		if !strings.HasPrefix(family.GetName(), statPrefix) {
			continue
		}
		for _, metric := range family.GetMetric() {
			mine.take(statName(family.GetName(), metric), metric)
		}
	}
}

// take keeps a counter or a gauge by its name after "gateway_responses.". What the filter cannot have said is dropped.
func (c *counters) take(name string, metric *prometheus.Metric) {
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

// statName is the name of a statistic after "gateway_responses.". Where Envoy takes tags out of names and sends them as labels
// (stats_tags and emit_tags_as_labels), they are put in again: each has its place by its name.
func statName(family string, metric *prometheus.Metric) string {
	name := strings.TrimPrefix(family, statPrefix)
	labels := map[string]string{}
	for _, label := range metric.GetLabel() {
		labels[label.GetName()] = label.GetValue()
	}
	parts := strings.Split(strings.TrimPrefix(name, "."), ".")
	if parts[0] == "" {
		parts = parts[1:]
	}
	for _, tag := range tags {
		if value, found := labels[tag]; found {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, ".")
}

// tags are the tags that envoy.yaml takes out of the names of counters, in the order in which they stand there.
var tags = []string{"gateway_response_type", "gateway_response_status", "gateway_response_left", "gateway_responses_plugin", "gateway_responses_version"}

// forget forgets the counters of a node, unless they come on another stream by now.
func (h *hub) forget(node string, mine *counters) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.counters[node] == mine {
		delete(h.counters, node)
	}
}

// of are the counters as they are shown, with the revision that a plugin runs.
func (c *counters) of(plugin string) *deliver.Counters {
	return &deliver.Counters{At: c.at, Replies: maps.Clone(c.replies), Revision: c.revisions[plugin], Invalid: c.invalid}
}
