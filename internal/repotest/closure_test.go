// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// closure is every package that is linked into the wasm, but for those inside the standard library, which follow from the
// others. Each costs size, start-up time and memory in every worker of every Envoy: a new one is a decision. `make size` says
// what it weighs.
const closure = `
bytes
cmp
errors
gatewayresponses/config
gatewayresponses/internal/accept
gatewayresponses/internal/chars
gatewayresponses/internal/classify
gatewayresponses/internal/code
gatewayresponses/internal/cors
gatewayresponses/internal/edit
gatewayresponses/internal/engine
gatewayresponses/internal/facts
gatewayresponses/internal/glob
gatewayresponses/internal/grammar
gatewayresponses/internal/jsonread
gatewayresponses/internal/nearest
gatewayresponses/internal/pathtemplate
gatewayresponses/internal/quote
gatewayresponses/internal/route
gatewayresponses/internal/template
gatewayresponses/internal/vars
gatewayresponses/internal/version
gatewayresponses/plugin
gatewayresponses/plugin/internal/abi
github.com/go-json-experiment/json/internal
github.com/go-json-experiment/json/internal/jsonflags
github.com/go-json-experiment/json/internal/jsonopts
github.com/go-json-experiment/json/internal/jsonwire
github.com/go-json-experiment/json/jsontext
io
iter
maps
math
math/bits
runtime
slices
sort
strconv
strings
structs
sync
sync/atomic
unicode
unicode/utf16
unicode/utf8
unsafe
`

// TestWasmClosure compares what is linked into the wasm with the list. A new package of ours only has to be added; one of the
// standard library or of others, and above all reflection and what reads regular expressions or speaks HTTP, is better avoided.
func TestWasmClosure(t *testing.T) {
	var linked []string
	for _, path := range list(t, wasmTarget, "-deps", "./plugin") {
		if !strings.HasPrefix(path, "internal/") {
			linked = append(linked, path)
		}
	}
	slices.Sort(linked)
	if diff := cmp.Diff(strings.Fields(closure), linked); diff != "" {
		t.Errorf("packages in the wasm (-want +got):\n%s", diff)
	}
}

// TestHeavyImports holds that the linter knows every package of ours in the wasm, so that it names what is too heavy for it in
// the file that imports it.
func TestHeavyImports(t *testing.T) {
	settings, err := os.ReadFile("../../.golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range strings.Fields(closure) {
		folder, isOurs := strings.CutPrefix(path, module)
		if isOurs && !strings.Contains(string(settings), `"**/`+folder+`/*.go"`) {
			t.Errorf(`.golangci.yml does not have "**/%s/*.go" among the files of the wasm`, folder)
		}
	}
}
