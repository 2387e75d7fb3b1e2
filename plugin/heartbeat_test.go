// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"gatewayresponses/internal/wasmhost"
)

// beats lets a period pass, and returns by how much the heartbeat moves.
func beats(hosts ...*wasmhost.Host) int64 {
	before := hosts[0].Metric("gateway_responses.heartbeat")
	for _, host := range hosts {
		host.Tick()
	}
	return hosts[0].Metric("gateway_responses.heartbeat") - before
}

// TestWasmHeartbeat holds that each VM counts once in a period, however many plugins it has, and whatever their documents.
func TestWasmHeartbeat(t *testing.T) {
	process := wasmhost.NewProcess()
	host := func(name, document string) *wasmhost.Host {
		return newHost(t, wasmhost.Options{Process: process, Workers: 3, PluginName: name}, document)
	}
	first := host("first", `{}`)
	if got := beats(first); got != 3 {
		t.Errorf("one plugin on three workers: %d beats, want 3", got)
	}
	second := host("second", `{"mode": "bad"}`)
	if got := beats(first, second); got != 3 {
		t.Errorf("two plugins on three workers: %d beats, want 3", got)
	}
	if err := first.Configure([]byte(`{"mode": "observe"}`)); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the first period may be cut short
		if got := beats(second, first); got != 3 {
			t.Errorf("with another document of the first: %d beats, want 3", got)
		}
	}
}
