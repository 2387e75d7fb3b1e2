// SPDX-License-Identifier: Apache-2.0

//go:build !module

package faults

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
)

// period is that of the heartbeat.
const period = 10 * time.Second

// TestHeartbeat kills the VM of one of two workers: its beats are missed until a new document brings it back.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	trap := fault("on_response_headers throw")
	l := listener{name: "gateway", document: teapot, plugin: onDemand(t), discovery: filepath.Join(t.TempDir(), "filter.yaml")}
	deliver(t, l, 1)
	p := setup{
		listeners: []listener{l, {name: "second", document: teapot, plugin: onDemand(t)}},
		faults:    []fault{trap},
		args:      []string{"--concurrency", "2", "--service-node", "faults", "--service-cluster", "faults"},
	}.start(t)
	// The timers of all VMs begin within the second or two that the start of the filter takes.
	beats := func() int {
		before := p.Counter(t, "heartbeat")
		time.Sleep(period)
		return p.Counter(t, "heartbeat") - before
	}
	time.Sleep(period / 2)
	if got := beats(); got != 3 {
		t.Errorf("%d beats in a period, want one of each worker and one of the main thread", got)
	}
	_ = get(t, p.Address(t, "gateway"), "/"+trap.String()+"/ok")
	if got := beats(); got != 2 {
		t.Errorf("%d beats in a period after the VM of a worker died, want 2", got)
	}
	l.document = strings.Replace(teapot, "{", `{"revision": 1, `, 1)
	deliver(t, l, 2)
	envoytest.Eventually(t, "the new document is in force", func() bool { return p.Counter(t, envoytest.Revision("gateway")) == 1 })
	time.Sleep(period)
	if got := beats(); got != 3 {
		t.Errorf("%d beats in a period after a new document, want 3 again", got)
	}
	for range 20 { // whichever worker takes it
		wantTeapot(t, p.Address(t, "gateway"))
	}
}
