// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/envoyrun"
)

// TestDemo walks the demo with both sample documents, with companion mappers, and without them, when the filter has to send
// replies anew. A run without the filter says what Envoy knew of each request.
func TestDemo(t *testing.T) {
	cases := demoCases(t)
	bare := walk(t, start(t, envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway", Filter: envoyrun.FilterNone}}}), cases)
	for _, tc := range []struct {
		name, document string
		noCompanions   bool
	}{
		{"aws", "aws", false},
		{"aws without companions", "aws", true},
		{"problem", "problem", false},
		{"problem without companions", "problem", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text, err := os.ReadFile("../config/" + tc.document + ".json")
			if err != nil {
				t.Fatal(err)
			}
			s := gateway(t, string(text))
			s.NoCompanions = tc.noCompanions
			got := walk(t, start(t, s), cases)
			for _, c := range cases {
				if *update && !tc.noCompanions {
					c.updateFrom(t, tc.document, got)
				}
				c.compare(t, tc.document, got, bare)
			}
		})
	}
}

// outcome is what one request led to.
type outcome struct {
	// reply is the whole reply as golden files hold it.
	reply string
	// access is the line in the access log.
	access accessLine
}

// walk sends every request of the demo in all ways. The outcomes go by the name of the trial.
func walk(t *testing.T, p *proxy, cases []demoCase) map[string]outcome {
	t.Helper()
	url := "http://" + p.address(t, "gateway")
	// /limited lets one request through.
	clients[0].send(t, url, newID(), request{method: "GET", path: "/limited"})
	outcomes := map[string]outcome{}
	for _, c := range cases {
		for _, tr := range c.trials() {
			id := newID()
			reply := tr.client.send(t, url, id, tr.request)
			outcomes[tr.name] = outcome{reply.text(id), p.accessLine(t, id)}
		}
	}
	return outcomes
}

// logFields are the fields of the access log that golden files hold.
var logFields = []string{"flags", "type", "original_status", "entry"}

// updateFrom writes the outcome of the first trial into the golden file.
func (c demoCase) updateFrom(t *testing.T, document string, outcomes map[string]outcome) {
	t.Helper()
	o := outcomes[c.trials()[0].name]
	c.write(t, document, o.reply)
	c.write(t, document+".log", o.access.text(logFields...))
}

// compare holds the outcomes of a case against the golden file. Envoy's own reason must be what it was without the filter,
// and so must a reply that the filter leaves alone.
func (c demoCase) compare(t *testing.T, document string, outcomes, bare map[string]outcome) {
	t.Helper()
	for _, tr := range c.trials() {
		got, without := outcomes[tr.name], bare[tr.name]
		if diff := cmp.Diff(c.want(document, tr), got.reply); diff != "" {
			t.Errorf("%s: reply (-want +got):\n%s", tr.name, diff)
		}
		if diff := cmp.Diff(c.file(document+".log"), got.access.text(logFields...)); diff != "" {
			t.Errorf("%s: access log (-want +got):\n%s", tr.name, diff)
		}
		if diff := cmp.Diff(without.access.text("details", "flags"), got.access.text("details", "flags")); diff != "" {
			t.Errorf("%s: access log (-without the filter +with it):\n%s", tr.name, diff)
		}
		if diff := cmp.Diff(without.reply, got.reply); diff != "" && got.access["type"] == "-" {
			t.Errorf("%s: reply that is left alone (-without the filter +with it):\n%s", tr.name, diff)
		}
	}
}
