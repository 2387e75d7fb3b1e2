// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"bytes"
	"maps"
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

// callbacks are all that Envoy calls. Each that a stream has costs about 3 us, whatever it does.
const callbacks = `
_initialize
proxy_abi_version_0_2_0
proxy_on_configure
proxy_on_context_create
proxy_on_delete
proxy_on_log
proxy_on_memory_allocate
proxy_on_request_headers
proxy_on_response_body
proxy_on_response_headers
proxy_on_response_trailers
proxy_on_tick
`

// TestHostCalls compares what the filter exports with the list, and what it imports with the table of docs/SECURITY.md. The names of WASI have no "proxy_" in front.
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
		from, name, _ := function.Import()
		if isProxy := strings.HasPrefix(name, "proxy_"); (from != "env" || !isProxy) && (from != "wasi_snapshot_preview1" || isProxy) {
			t.Errorf("the filter imports %s.%s, which no call of proxy-wasm or WASI is", from, name)
		}
		calls = append(calls, name)
	}
	for name := range module.ExportedFunctions() {
		if strings.HasPrefix(name, "proxy_on_") {
			calls = append(calls, name)
		}
	}
	slices.Sort(calls)
	if diff := cmp.Diff(describedCalls(t), slices.Compact(calls)); diff != "" {
		t.Errorf("\"What the module can call\" of docs/SECURITY.md (-), and the imports and callbacks of dist/plugin.wasm (+):\n%s", diff)
	}
	if diff := cmp.Diff(strings.Fields(callbacks), slices.Sorted(maps.Keys(module.ExportedFunctions()))); diff != "" {
		t.Errorf("exports (-want +got):\n%s", diff)
	}
}

// describedCalls are the functions in the first column of the table of docs/SECURITY.md, and the callbacks in front of it.
func describedCalls(t *testing.T) []string {
	t.Helper()
	page, err := os.ReadFile("../../docs/SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## What the module can call\n")
	section, _, _ = strings.Cut(section, "\n## ")
	prose, _, _ := strings.Cut(section, "\n| function |")
	calls := slices.DeleteFunc(codeSpans(prose), func(name string) bool { return !strings.HasPrefix(name, "proxy_on_") })
	for line := range strings.Lines(section) {
		if strings.HasPrefix(line, "| `") {
			first, _, _ := strings.Cut(line[1:], "|")
			calls = append(calls, codeSpans(first)...)
		}
	}
	slices.Sort(calls)
	return calls
}
