// SPDX-License-Identifier: Apache-2.0

//go:build !module

package faults

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestMemory brings the VM near the 1 GiB that Envoy gives it: with 640 MiB in use it makes as much garbage again. Each reply is right, for
// garbage is collected before the memory ends.
func TestMemory(t *testing.T) {
	t.Parallel()
	hold := fault("on_response_headers hold-64")
	p := setup{listeners: []listener{{name: "gateway", document: largeReply, plugin: onDemand(t)}}, faults: []fault{hold}}.start(t)
	address := p.Address(t, "gateway")
	for range 10 {
		if reply := get(t, address, "/"+hold.String()+"/ok"); reply.Status != 200 {
			t.Fatalf("a request that takes memory has status %d", reply.Status)
		}
	}
	for range 700 {
		for _, c := range envoytest.Clients {
			if wantLarge(t, c, "http://"+address+"/denied"); t.Failed() {
				return
			}
		}
	}
}
