// SPDX-License-Identifier: Apache-2.0

package server

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/deliver"
)

// collectTime is how long the store may take to say how gateways stand.
const collectTime = 5 * time.Second

// reader is who reads for metrics.
var reader = control.Caller{Name: "metrics", Rights: auth.Rights{Role: auth.Read}}

// collector reads how gateways stand when somebody asks for metrics: the numbers are those of the store, the same on all servers.
type collector struct {
	control *control.Control
	log     *slog.Logger
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("gwrd_"+name, help, labels, nil)
}

var (
	revisionInForce = describe("revision_in_force", "The revision that most nodes of a gateway should run.", "gateway")
	revisionNewest  = describe("revision_newest", "The newest revision of a gateway; another one is in force while it is pinned or rolled out.", "gateway")
	documentBytes   = describe("document_bytes", "The size of the newest revision of a gateway; 1 MiB is the most.", "gateway")
	pinned          = describe("gateway_pinned", "1 while a gateway is held on a revision.", "gateway")
	switched        = describe("gateway_switches", "How many switches turn the filter off, or let it observe, on a gateway.", "gateway")
	nodes           = describe("nodes", "Envoys of a gateway, by how they stand to what they should run: sent, acknowledged, refused, lost.", "gateway", "state")
	nodesInvalid    = describe("nodes_invalid", "Envoys whose filter says that it runs something else than the document it was given.", "gateway")
	auditEntries    = describe("audit_entries", "How many entries the audit log has. It only grows.")
	collected       = describe("store_up", "1 if the store could be read for these metrics.")
)

// Describe gives the metrics.
func (c collector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{revisionInForce, revisionNewest, documentBytes, pinned, switched, nodes, nodesInvalid, auditEntries, collected} {
		out <- d
	}
}

// Collect reads the store.
func (c collector) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), collectTime)
	defer cancel()
	err := c.collect(ctx, out)
	if err != nil {
		c.log.Error("gateways could not be read for metrics", "error", err)
	}
	gauge(out, collected, boolean(err == nil))
}

func (c collector) collect(ctx context.Context, out chan<- prometheus.Metric) error {
	last, _, err := c.control.Audit(ctx, reader, control.AuditQuery{Query: audit.Query{Newest: true, Limit: 1}})
	if err != nil {
		return err
	}
	for _, entry := range last {
		gauge(out, auditEntries, float64(entry.Number))
	}
	gateways, err := c.control.Gateways(ctx, reader)
	if err != nil {
		return err
	}
	for _, g := range gateways {
		standing, err := c.control.Standing(ctx, reader, g.Name)
		if err != nil {
			return err
		}
		gauge(out, revisionInForce, float64(standing.InForce), g.Name)
		gauge(out, revisionNewest, float64(standing.Newest), g.Name)
		gauge(out, documentBytes, float64(standing.Bytes), g.Name)
		gauge(out, pinned, boolean(standing.Pin != nil), g.Name)
		gauge(out, switched, float64(len(standing.Switches)), g.Name)
		known, err := c.control.Nodes(ctx, reader, g.Name)
		if err != nil {
			return err
		}
		count(out, g.Name, known)
	}
	return nil
}

// count counts nodes by their states, those that no node has included: an alarm on a metric that comes and goes is none.
func count(out chan<- prometheus.Metric, gateway string, known []deliver.Node) {
	states := map[deliver.State]int{deliver.Sent: 0, deliver.Acknowledged: 0, deliver.Refused: 0, deliver.Lost: 0}
	invalid := 0
	for _, node := range known {
		states[node.State]++
		if node.Counters != nil && node.Counters.Invalid {
			invalid++
		}
	}
	for state, n := range states {
		gauge(out, nodes, float64(n), gateway, string(state))
	}
	gauge(out, nodesInvalid, float64(invalid), gateway)
}

func gauge(out chan<- prometheus.Metric, d *prometheus.Desc, value float64, labels ...string) {
	out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
}

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
