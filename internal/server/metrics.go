// SPDX-License-Identifier: Apache-2.0

package server

import (
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"gatewayresponses/internal/deliver/file"
	"gatewayresponses/internal/server/request"
	"gatewayresponses/internal/version"
)

// metrics are what an operator alarms on.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	failures prometheus.Counter
	refused  prometheus.Counter
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "gwrd_requests_total", Help: "Requests answered, by operation and status.",
		}, []string{"operation", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "gwrd_request_duration_seconds", Help: "How long answers took, by operation.",
			Buckets: []float64{.001, .003, .01, .03, .1, .3, 1, 3, 10, 30},
		}, []string{"operation"}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "gwrd_request_failures_total", Help: "Requests that the server failed to carry out, as when the store cannot be reached; the log says why.",
		}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "gwrd_connections_refused_total", Help: "Connections closed at once, as there were too many.",
		}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "gwrd_build_info", Help: "1; the labels say which build this is.",
		ConstLabels: prometheus.Labels{"version": version.Number, "go": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.failures, m.refused, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// filesFailing is whether delivery into files fails.
func filesFailing(w *file.Writer) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "gwrd_files_failing", Help: "1 while a file with a document is not what it should be; the log says why.",
	}, func() float64 {
		if w.Ready() != nil {
			return 1
		}
		return 0
	})
}

// answered counts an answer.
func (m *metrics) answered(info *request.Info, status int, took time.Duration) {
	operation := info.Operation
	if operation == "" {
		operation = "none"
	}
	m.requests.WithLabelValues(operation, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(operation).Observe(took.Seconds())
	if info.Err != nil {
		m.failures.Inc()
	}
}
