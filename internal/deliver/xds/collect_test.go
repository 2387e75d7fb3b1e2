// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
)

// TestCollect: an operator sees what was sent, and what was refused.
func TestCollect(t *testing.T) {
	source, seen := delivertest.NewSource(delivertest.Gateway("default", 1)), delivertest.NewWatcher()
	server := New(Options{Source: source, Watcher: seen})
	address, _ := run(t, server)
	connection := dial(t, address, nil)
	p := subscribe(t, open(t, connection), "edge-1", "")
	p.receive()
	p.accept()
	q := subscribe(t, open(t, connection), "edge-2", "")
	q.receive()
	q.refuse("no")
	seen.AwaitState(t, "edge-1", deliver.Acknowledged, 1, 1)
	seen.AwaitState(t, "edge-2", deliver.Refused, 1, 0)
	registry := prometheus.NewPedanticRegistry()
	if err := registry.Register(server); err != nil {
		t.Fatal(err)
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			got[family.GetName()] = m.GetGauge().GetValue() + m.GetCounter().GetValue()
		}
	}
	delete(got, "gwrd_xds_unreported_nodes") // it depends on the moment
	want := map[string]float64{
		"gwrd_xds_streams": 2, "gwrd_xds_nodes_with_counters": 0, "gwrd_xds_documents_sent_total": 2, "gwrd_xds_documents_refused_total": 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
}
