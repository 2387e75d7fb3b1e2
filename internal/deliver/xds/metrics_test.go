// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	metrics "github.com/envoyproxy/go-control-plane/envoy/service/metrics/v3"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	prometheus "github.com/prometheus/client_model/go"
	"google.golang.org/protobuf/proto"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/waittest"
)

// counter is a family of one counter, whose labels are NAME=VALUE.
func counter(name string, value float64, labels ...string) *prometheus.MetricFamily {
	return family(name, &prometheus.Metric{Counter: &prometheus.Counter{Value: &value}}, labels)
}

func gauge(name string, value float64, labels ...string) *prometheus.MetricFamily {
	return family(name, &prometheus.Metric{Gauge: &prometheus.Gauge{Value: &value}}, labels)
}

func family(name string, m *prometheus.Metric, labels []string) *prometheus.MetricFamily {
	for _, label := range labels {
		key, value, _ := strings.Cut(label, "=")
		m.Label = append(m.Label, &prometheus.LabelPair{Name: proto.String(key), Value: proto.String(value)})
	}
	return &prometheus.MetricFamily{Name: &name, Metric: []*prometheus.Metric{m}}
}

// TestCounters: what a node counts is shown with it, whether names or labels say what it is, and no longer than it is sent.
func TestCounters(t *testing.T) {
	seen := delivertest.NewWatcher()
	server := New(Options{Source: delivertest.NewSource(delivertest.Gateway("default", 1)), Watcher: seen})
	address, _ := run(t, server)
	connection := dial(t, address, nil)
	p := subscribe(t, open(t, connection), "edge-1", "")
	p.receive()
	seen.AwaitState(t, "edge-1", deliver.Sent, 1, 0)
	send := func(families ...*prometheus.MetricFamily) metrics.MetricsService_StreamMetricsClient {
		stream, err := metrics.NewMetricsServiceClient(connection).StreamMetrics(t.Context())
		if err == nil {
			err = stream.Send(&metrics.StreamMetricsMessage{Identifier: &metrics.StreamMetricsMessage_Identifier{Node: &core.Node{Id: "edge-1"}}})
		}
		if err == nil {
			err = stream.Send(&metrics.StreamMetricsMessage{EnvoyMetrics: families})
		}
		if err != nil {
			t.Fatal(err)
		}
		return stream
	}
	want := &deliver.Counters{Replies: map[string]uint64{"THROTTLED.429": 3, "left.upstream": 5, "unclassified": 0}, Revision: 7, Invalid: true}
	for _, tc := range []struct {
		name     string
		adapter  ability.Adapter
		families []*prometheus.MetricFamily
	}{
		{"names", ability.Wasm, []*prometheus.MetricFamily{
			counter("wasmcustom.gateway_responses.THROTTLED.429", 3), counter("wasmcustom.gateway_responses.left.upstream", 5),
			counter("wasmcustom.gateway_responses.unclassified", 0), counter("http.gateway.downstream_rq_total", 9),
			gauge("wasmcustom.gateway_responses.revision.gateway-responses/default", 7), gauge("wasmcustom.gateway_responses.revision.gateway-responses/shop", 8),
			gauge("wasmcustom.gateway_responses.config_invalid", 1), gauge("wasmcustom.gateway_responses.build.1.2.3", 1),
			counter("dynamicmodulescustom.gateway_responses.left.gateway_response_left.upstream", 8),
		}},
		{"labels", ability.Wasm, []*prometheus.MetricFamily{
			counter("wasmcustom.gateway_responses", 3, "gateway_response_status=429", "gateway_response_type=THROTTLED", "pod=a"),
			counter("wasmcustom.gateway_responses.left", 5, "gateway_response_left=upstream"), counter("wasmcustom.gateway_responses.unclassified", 0),
			gauge("wasmcustom.gateway_responses.revision", 7, "gateway_responses_plugin=gateway-responses/default"),
			gauge("wasmcustom.gateway_responses.config_invalid", 1),
		}},
		{"names of the module", ability.Module, []*prometheus.MetricFamily{
			counter("dynamicmodulescustom.gateway_responses.gateway_response_type.THROTTLED.gateway_response_status.429", 3),
			counter("dynamicmodulescustom.gateway_responses.left.gateway_response_left.upstream", 5),
			counter("dynamicmodulescustom.gateway_responses.unclassified", 0), counter("dynamicmodulescustom.other", 9),
			gauge("dynamicmodulescustom.gateway_responses.revision.gateway_responses_plugin.gateway-responses/default/module", 7),
			gauge("dynamicmodulescustom.gateway_responses.config_invalid", 1), counter("wasmcustom.gateway_responses.left.upstream", 8),
		}},
		{"labels of the module", ability.Module, []*prometheus.MetricFamily{
			counter("dynamicmodulescustom.gateway_responses", 3, "gateway_response_status=429", "gateway_response_type=THROTTLED"),
			counter("dynamicmodulescustom.gateway_responses.left", 5, "gateway_response_left=upstream"),
			counter("dynamicmodulescustom.gateway_responses.unclassified", 0),
			gauge("dynamicmodulescustom.gateway_responses.revision", 7, "gateway_responses_plugin=gateway-responses/default/module"),
			gauge("dynamicmodulescustom.gateway_responses.config_invalid", 1),
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			stream := send(tc.families...)
			got := func() *deliver.Counters {
				server.hub.mu.Lock()
				defer server.hub.mu.Unlock()
				c := server.hub.counters["edge-1"]
				if c == nil {
					return nil
				}
				return c.of(envoy.Resource{Gateway: "default", Adapter: tc.adapter})
			}
			waittest.Until(t, "the counters are there", func() bool {
				return cmp.Equal(want, got(), cmpopts.IgnoreFields(deliver.Counters{}, "At"))
			})
			if err := stream.CloseSend(); err != nil {
				t.Fatal(err)
			}
			waittest.Until(t, "the counters are forgotten", func() bool { return got() == nil })
		})
	}
	t.Run("reported", func(t *testing.T) {
		send(counter("wasmcustom.gateway_responses.THROTTLED.429", 4))
		seen.Await(t, "edge-1", "reported with counters", func(n deliver.Node) bool {
			return n.Counters != nil && n.Counters.Replies["THROTTLED.429"] == 4 && time.Since(n.Counters.At) < waittest.Soon
		})
	})
	t.Run("without a node", func(t *testing.T) {
		stream, err := metrics.NewMetricsServiceClient(connection).StreamMetrics(t.Context())
		if err == nil {
			err = stream.Send(&metrics.StreamMetricsMessage{EnvoyMetrics: []*prometheus.MetricFamily{counter("x", 1)}})
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := stream.RecvMsg(&metrics.StreamMetricsResponse{}); err == nil || !strings.Contains(err.Error(), "the node has no id") {
			t.Errorf("got %v", err)
		}
	})
}

// TestManyCounters: what is kept of a node that sends without end is bounded.
func TestManyCounters(t *testing.T) {
	h, mine := newHub("", time.Now), newCounters()
	wasm := mine.by[ability.Wasm]
	for i := range 10 * maxCounters {
		h.count("edge-1", mine, []*prometheus.MetricFamily{
			counter(fmt.Sprintf("wasmcustom.gateway_responses.X_%d.429", i), 1),
			gauge(fmt.Sprintf("wasmcustom.gateway_responses.revision.%d", i), 1),
			counter("wasmcustom.gateway_responses."+strings.Repeat("x", maxCounterName+1), 1),
		})
	}
	h.count("edge-1", mine, []*prometheus.MetricFamily{counter("wasmcustom.gateway_responses.X_0.429", 2)})
	if len(wasm.replies) != maxCounters || len(wasm.revisions) != maxCounters || wasm.replies["X_0.429"] != 2 {
		t.Errorf("%d counters and %d revisions are kept, and the first is %d", len(wasm.replies), len(wasm.revisions), wasm.replies["X_0.429"])
	}
}

// TestOddCounters: names and numbers that the filter cannot have sent are dropped, and leave those that it has sent as they are.
func TestOddCounters(t *testing.T) {
	h, mine := newHub("", time.Now), newCounters()
	wasm := mine.by[ability.Wasm]
	const ours = "wasmcustom.gateway_responses."
	h.count("edge-1", mine, []*prometheus.MetricFamily{counter(ours+"THROTTLED.429", 3), gauge(ours+"revision.a", 7)})
	for _, value := range []float64{-1, math.NaN(), math.Inf(1), math.Inf(-1), 1e300} {
		h.count("edge-1", mine, []*prometheus.MetricFamily{counter(ours+"THROTTLED.429", value), counter(ours+"X_A.429", value), gauge(ours+"revision.a", value), gauge(ours+"revision.b", value)})
	}
	for _, name := range []string{"X_\xff.429", "X_\xfe.429", "X_A\u202e.429", "X_A\x00", "X_<b>", "X A"} {
		h.count("edge-1", mine, []*prometheus.MetricFamily{counter(ours+name, 1), counter("wasmcustom.gateway_responses", 1, "gateway_response_type="+name)})
	}
	h.count("edge-1", mine, []*prometheus.MetricFamily{{Name: proto.String(ours + "X_A.429"), Metric: []*prometheus.Metric{nil, {}}}})
	if diff := cmp.Diff(map[string]uint64{"THROTTLED.429": 3}, wasm.replies); diff != "" || len(wasm.revisions) != 1 || wasm.revisions["a"] != 7 {
		t.Errorf("the counters differ (-want +got):\n%s; the revisions are %v", diff, wasm.revisions)
	}
}
