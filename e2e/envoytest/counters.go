// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/ability"
)

// namespaces are what Envoy puts before the names of our counters, and what Prometheus reads there.
var namespaces = map[ability.Adapter]struct{ stats, prometheus string }{
	ability.Wasm:   {"wasmcustom.", ""},
	ability.Module: {"dynamicmodulescustom.", "envoy_dynamicmodulescustom_"},
}

// withoutLabels takes the names of labels out of the name of a counter. The ABI of wasm has no labels: there are none in its names.
var withoutLabels = strings.NewReplacer("gateway_response_type.", "", "gateway_response_status.", "", "gateway_response_left.", "",
	"gateway_responses_plugin.", "", "gateway_responses_version.", "")

// Prometheus is what stands before the names of our counters on Envoy's page for Prometheus.
func Prometheus() string { return namespaces[Adapter].prometheus }

// Revision is the gauge with the revision of the document that the filter with a root_id has.
func Revision(rootID string) string {
	if Adapter == ability.Module {
		return "revision." + rootID
	}
	return "revision.gateway_responses"
}

// Counters returns our counters and gauges that something has set, by their names in docs/observability.md.
func (p *Proxy) Counters(t *testing.T) map[string]int {
	t.Helper()
	prefix := namespaces[Adapter].stats + "gateway_responses."
	page, err := p.Envoy.Ask("/stats?usedonly&filter=^" + regexp.QuoteMeta(prefix))
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]int{}
	for line := range strings.Lines(string(page)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		n, err := strconv.Atoi(value)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		values[withoutLabels.Replace(strings.TrimPrefix(name, prefix))] = n
	}
	return values
}

// Counter returns the value of one of our counters or gauges, by its name in docs/observability.md; 0 when nothing has set it.
func (p *Proxy) Counter(t *testing.T, name string) int {
	t.Helper()
	return p.Counters(t)[name]
}
