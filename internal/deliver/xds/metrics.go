// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"strings"

	metrics "github.com/envoyproxy/go-control-plane/envoy/service/metrics/v3"
	prometheus "github.com/prometheus/client_model/go"
)

// metricsService keeps the counters of the filter that Envoys send, until ctx ends.
type metricsService struct {
	hub *hub
	ctx context.Context
}

// StreamMetrics takes the counters of a node until its stream ends.
func (m *metricsService) StreamMetrics(stream metrics.MetricsService_StreamMetricsServer) error {
	who, node := clientOf(stream.Context()), ""
	mine := newCounters()
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

// count takes what a node sent. It may come in several messages, which all begin anew what they hold.
func (h *hub) count(node string, mine *counters, families []*prometheus.MetricFamily) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counters[node] = mine
	mine.at = h.now()
	for _, family := range families {
		for adapter, prefix := range statPrefixes {
			name, found := strings.CutPrefix(family.GetName(), prefix)
			if !found {
				continue
			}
			for _, metric := range family.GetMetric() {
				mine.by[adapter].take(statName(name, metric), metric)
			}
		}
	}
}

// forget forgets the counters of a node, unless they come on another stream by now.
func (h *hub) forget(node string, mine *counters) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.counters[node] == mine {
		delete(h.counters, node)
	}
}
