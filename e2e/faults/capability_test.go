// SPDX-License-Identifier: Apache-2.0

//go:build !module

package faults

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"

	"gatewayresponses/e2e/envoytest"
)

// TestCapabilities restricts the filter to the calls and callbacks that it has (capability_restriction_config): it works as ever.
// Without the call that reads headers it leaves all replies, and traffic goes on.
func TestCapabilities(t *testing.T) {
	t.Parallel()
	all := capabilities(t)
	blind := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return name == "proxy_get_header_map_value" })
	p := setup{listeners: []listener{
		{name: "restricted", document: teapot, vmID: "restricted", more: restriction(all)},
		{name: "blind", document: teapot, vmID: "blind", more: restriction(blind)},
	}}.start(t)
	wantTeapot(t, p.Address(t, "restricted"))
	if reply := get(t, p.Address(t, "blind"), "/denied"); reply.Status != 403 || string(reply.Body) != "RBAC: access denied" {
		t.Errorf("without a call that it needs: %d %q, want the original", reply.Status, reply.Body)
	}
	if got := p.Counter(t, "left.hostError"); got == 0 {
		t.Error("left.hostError = 0, want it to count the refused call")
	}
	for _, name := range []string{"restricted", "blind"} {
		if reply := get(t, p.Address(t, name), "/ok"); reply.Status != 200 || string(reply.Body) != "ok" {
			t.Errorf("%s: good traffic gets %d %q", name, reply.Status, reply.Body)
		}
	}
}

// capabilities are the functions that the filter imports and the callbacks that it exports, as Envoy wants them listed.
func capabilities(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(envoytest.PluginPath)
	if err != nil {
		t.Fatal(err)
	}
	module, err := wazero.NewRuntimeWithConfig(t.Context(), wazero.NewRuntimeConfigInterpreter()).CompileModule(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, function := range module.ImportedFunctions() {
		_, name, _ := function.Import()
		names = append(names, name)
	}
	for name := range module.ExportedFunctions() {
		if strings.HasPrefix(name, "proxy_on_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// restriction is the configuration that allows nothing else.
func restriction(names []string) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString(strconv.Quote(name) + ": {}, ")
	}
	return "capability_restriction_config: {allowed_capabilities: {" + strings.TrimSuffix(b.String(), ", ") + "}}, "
}
