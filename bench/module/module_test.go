// SPDX-License-Identifier: Apache-2.0

package module

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the exports of the minimal plugin anew")

// TestNoop reads the no-op back.
func TestNoop(t *testing.T) {
	var want []Function
	for _, f := range noopFunctions {
		if strings.HasPrefix(f.Name, "proxy_on_") {
			want = append(want, f.Function)
		}
	}
	got, err := Callbacks(Noop())
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Callbacks(Noop()), error %v (-want +got):\n%s", err, diff)
	}
}

// TestExports holds that the minimal plugin has the callbacks of the filter.
func TestExports(t *testing.T) {
	const path = "../minimal/exports_wasip1.go"
	file, err := os.ReadFile("../../dist/plugin.wasm")
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	callbacks, err := Callbacks(file)
	if err != nil {
		t.Fatal(err)
	}
	want := Exports(callbacks)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("bench/minimal has other callbacks than the filter; run make generate (-want +got):\n%s", diff)
	}
}

func FuzzCallbacks(f *testing.F) {
	f.Add(Noop())
	f.Add(Noop()[:100])
	f.Add([]byte(magic + "\x01\x05\x01\x60\x00\x01\x7e"))
	f.Fuzz(func(t *testing.T, file []byte) {
		callbacks, err := Callbacks(file)
		if err != nil {
			return
		}
		for _, c := range callbacks {
			if !strings.HasPrefix(c.Name, "proxy_on_") || c.Parameters < 0 || c.Parameters > len(file) {
				t.Errorf("Callbacks returned %+v", c)
			}
		}
	})
}
