// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/code"
)

// moduleDump is a dump of an Envoy of a version that has the filter as a dynamic module, and no runtime for Wasm.
func moduleDump(version, document string) string {
	return fmt.Sprintf(`{"configs": [
{"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump", "bootstrap": {"node": {
	"extensions": [{"category": "envoy.wasm.runtime", "name": "envoy.wasm.runtime.null"}],
	"user_agent_build_version": {"version": {"major_number": 1, "minor_number": %s}}}}},
{"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump", "static_listeners": [{"listener": {"name": "gateway", "filter_chains": [{"filters": [{
	"typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager", "http_filters": [
	{"name": "gateway_responses", "typed_config": {"@type": "type.googleapis.com/%s",
		"dynamic_module_config": {"name": "gatewayresponses", "do_not_close": true}, "filter_name": "gateway_responses",
		"filter_config": {"@type": "type.googleapis.com/google.protobuf.StringValue", "value": %q}}},
	{"name": "router", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}
]}}]}]}}]}]}`, version, moduleFilter, document)
}

// TestModuleVersions holds which Envoys have the dynamic module, and that what one cannot tell is found in its document. None needs a
// runtime for Wasm.
func TestModuleVersions(t *testing.T) {
	const document = `{"gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "$context.envoy.virtualHost"}}}}`
	for version, want := range map[string]string{"36": "GWR322 error", "38": "GWR322 error", "39": "GWR316 warning", "40": "", "41": "GWR322 warning"} {
		var got []string
		for _, f := range examineText(t, "dump.json", moduleDump(version, document)).Findings {
			if f.Code == code.RefusesInvalid {
				continue // of every Envoy
			}
			got = append(got, f.Code.String()+" "+string(f.Severity))
		}
		if found := strings.Join(got, ", "); found != want {
			t.Errorf("findings of Envoy 1.%s = %q, want %q", version, found, want)
		}
	}
}

// TestModuleSees holds that the module sees what Envoy answers before the filters, so that entries for that answer.
func TestModuleSees(t *testing.T) {
	report := examineText(t, "dump.json", moduleDump("40", `{"gatewayResponses": {"REQUEST_TOO_LARGE": {}}}`))
	first := report.Chains[0].Producers[0]
	if first.Name != beforeFilters || !first.Seen || first.Note != "" {
		t.Errorf("%+v, want a producer whose errors are seen", first)
	}
	wasm := strings.Replace(moduleDump("40", "{}"), moduleFilter, wasmFilter, 1)
	if first := examineText(t, "dump.json", wasm).Chains[0].Producers[0]; first.Seen || !strings.Contains(first.Note, "--companion") {
		t.Errorf("%+v for the wasm filter, want a note about companions", first)
	}
}
