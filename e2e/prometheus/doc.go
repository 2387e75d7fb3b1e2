// SPDX-License-Identifier: Apache-2.0

// Package prometheus holds deploy/prometheus against Prometheus itself: its promtool
// checks the alert rules and runs what stands beside them, its parser reads every
// expression, and each name in them is looked for in what a real Envoy with the
// filter and a real gwrd tell. It is a module of its own, as Prometheus comes with
// much that nothing else needs.
package prometheus
