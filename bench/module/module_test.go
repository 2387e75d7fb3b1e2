// SPDX-License-Identifier: Apache-2.0

package module

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/golden"
)

// TestNoop reads the no-op back.
func TestNoop(t *testing.T) {
	var want []Function
	for _, f := range noopFunctions {
		if strings.HasPrefix(f.Name, "proxy_on_") {
			want = append(want, f.Function)
		}
	}
	slices.SortFunc(want, func(a, b Function) int { return strings.Compare(a.Name, b.Name) })
	got, err := Callbacks(t.Context(), Noop())
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Callbacks(Noop()), error %v (-want +got):\n%s", err, diff)
	}
}

// TestExports holds that the minimal plugin has the callbacks of the filter.
func TestExports(t *testing.T) {
	file, err := os.ReadFile("../../dist/plugin.wasm")
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	callbacks, err := Callbacks(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, "../minimal/exports_wasip1.go", Exports(callbacks))
}

// TestCallbacksRefuses holds that other modules are refused.
func TestCallbacksRefuses(t *testing.T) {
	long := []byte(magic + "\x01\x05\x01\x60\x01\x7e\x00" + "\x03\x02\x01\x00" + "\x07\x11\x01\x0dproxy_on_tick\x00\x00" + "\x0a\x04\x01\x02\x00\x0b")
	for _, file := range [][]byte{nil, Noop()[:100], long} {
		if callbacks, err := Callbacks(t.Context(), file); err == nil {
			t.Errorf("Callbacks(%q) = %v", file, callbacks)
		}
	}
}
