// SPDX-License-Identifier: Apache-2.0

package xds

import "github.com/prometheus/client_golang/prometheus"

var (
	streamsDesc    = prometheus.NewDesc("gwrd_xds_streams", "Streams of delta xDS that are open on this replica.", nil, nil)
	sentDesc       = prometheus.NewDesc("gwrd_xds_documents_sent_total", "Documents sent to nodes.", nil, nil)
	refusedDesc    = prometheus.NewDesc("gwrd_xds_documents_refused_total", "Documents that nodes refused.", nil, nil)
	countersDesc   = prometheus.NewDesc("gwrd_xds_nodes_with_counters", "Nodes that send their counters to this replica.", nil, nil)
	unreportedDesc = prometheus.NewDesc("gwrd_xds_unreported_nodes", "Nodes whose state is not noted yet; it grows while the store is slow.", nil, nil)
)

// Describe implements prometheus.Collector.
func (s *Server) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{streamsDesc, sentDesc, refusedDesc, countersDesc, unreportedDesc} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (s *Server) Collect(to chan<- prometheus.Metric) {
	h := s.hub
	h.mu.Lock()
	streams, sent, refused, counting, unreported := len(h.streams), h.sent, h.refused, len(h.counters), len(h.unreported)
	h.mu.Unlock()
	gauge := func(d *prometheus.Desc, value int) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(value))
	}
	counter := func(d *prometheus.Desc, value int) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(value))
	}
	gauge(streamsDesc, streams)
	counter(sentDesc, sent)
	counter(refusedDesc, refused)
	gauge(countersDesc, counting)
	gauge(unreportedDesc, unreported)
}
