// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tetratelabs/wazero"
)

// maxWasm is the size that the filter must stay under, in bytes, as the Makefile says.
func maxWasm(t *testing.T) int {
	t.Helper()
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^WASM_LIMIT := (\d+)$`).FindSubmatch(makefile)
	if found == nil {
		t.Fatal("the Makefile has no WASM_LIMIT")
	}
	limit, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return limit
}

// TestWasm builds the filter once more: the bytes are the same, so the build is reproducible and dist is not stale.
func TestWasm(t *testing.T) {
	built, err := os.ReadFile("../../dist/plugin.wasm")
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	if limit := maxWasm(t); len(built) >= limit {
		t.Errorf("dist/plugin.wasm has %d bytes, want less than %d; make size says what weighs", len(built), limit)
	}
	dist := t.TempDir()
	if out, err := exec.Command("make", "-C", "../..", "build", "DIST="+dist).CombinedOutput(); err != nil {
		t.Fatalf("make build: %v\n%s", err, out)
	}
	again, err := os.ReadFile(filepath.Join(dist, "plugin.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(built, again) {
		t.Error("building the filter again gives other bytes than dist/plugin.wasm; run make build")
	}
}

// hostCalls are all that the filter can ask of Envoy. None sends anything to anybody but the client of the exchange, and
// none sets a timer.
const hostCalls = `
add_header_map_value
define_metric
get_buffer_bytes
get_header_map_pairs
get_header_map_value
get_property
get_shared_data
increment_metric
log
record_metric
remove_header_map_value
replace_header_map_value
send_local_response
set_buffer_bytes
set_effective_context
set_header_map_pairs
set_property
set_shared_data
`

// TestHostCalls compares what the filter imports from Envoy with the list.
func TestHostCalls(t *testing.T) {
	text, err := os.ReadFile("../../dist/plugin.wasm")
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	runtime := wazero.NewRuntimeWithConfig(t.Context(), wazero.NewRuntimeConfigInterpreter())
	module, err := runtime.CompileModule(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	var calls []string
	for _, function := range module.ImportedFunctions() {
		if module, name, _ := function.Import(); module == "env" {
			calls = append(calls, strings.TrimPrefix(name, "proxy_"))
		}
	}
	slices.Sort(calls)
	if diff := cmp.Diff(strings.Fields(hostCalls), calls); diff != "" {
		t.Errorf("host calls (-want +got):\n%s", diff)
	}
}
