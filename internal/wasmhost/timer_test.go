// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTick holds that a timer belongs to a root context, on each worker, until the VM fails.
func TestTick(t *testing.T) {
	tick := func(host *Host) []string {
		before := len(host.Logs())
		host.Tick()
		return messages(host.Logs()[before:])
	}
	host := probe(t, Options{Workers: 2}, "tick 1000")
	want := []string{"tick of 1", "tick of 1"}
	if diff := cmp.Diff(want, tick(host)); diff != "" {
		t.Errorf("with a timer on two workers (-want +got):\n%s", diff)
	}
	host.Do(scripts{response: "panic now"}.exchange())
	if diff := cmp.Diff(want[:1], tick(host)); diff != "" {
		t.Errorf("after one of them has failed (-want +got):\n%s", diff)
	}
	for _, configuration := range []string{"tick 0", ""} {
		if got := tick(probe(t, Options{}, configuration)); got != nil {
			t.Errorf("configuration %q: ticks %q, want none", configuration, got)
		}
	}
}
