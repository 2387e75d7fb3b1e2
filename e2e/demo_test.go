// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
	"gatewayresponses/internal/golden"
)

// TestDemo walks the demo with both sample documents, with companion mappers, and without them, when the filter has to send
// replies anew. A run without the filter says what Envoy knew of each request.
func TestDemo(t *testing.T) {
	cases := demoCases(t)
	bare := walk(t, envoytest.Start(t, envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway", Filter: envoyrun.FilterNone}}}), cases)
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
			s := envoytest.Gateway(t, string(text))
			s.NoCompanions = tc.noCompanions
			got := walk(t, envoytest.Start(t, s), cases)
			for _, c := range cases {
				if *golden.Update && !tc.noCompanions {
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
	access envoytest.AccessLine
}

// walk sends every request of the demo in all ways. The outcomes go by the name of the trial.
func walk(t *testing.T, p *envoytest.Proxy, cases []demoCase) map[string]outcome {
	t.Helper()
	url := "http://" + p.Address(t, "gateway")
	// /limited lets one request through.
	envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/limited"})
	outcomes := map[string]outcome{}
	for _, c := range cases {
		for _, tr := range c.trials() {
			id := envoytest.NewID()
			reply := tr.client.Send(t, url, id, tr.request)
			outcomes[tr.name] = outcome{replyText(reply, id), p.AccessLine(t, id)}
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
	c.write(t, document+".log", o.access.Text(logFields...))
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
		if diff := cmp.Diff(c.file(document+".log"), got.access.Text(logFields...)); diff != "" {
			t.Errorf("%s: access log (-want +got):\n%s", tr.name, diff)
		}
		if diff := cmp.Diff(without.access.Text("details", "flags"), got.access.Text("details", "flags")); diff != "" {
			t.Errorf("%s: access log (-without the filter +with it):\n%s", tr.name, diff)
		}
		if diff := cmp.Diff(without.reply, got.reply); diff != "" && got.access["type"] == "-" {
			t.Errorf("%s: reply that is left alone (-without the filter +with it):\n%s", tr.name, diff)
		}
	}
}
