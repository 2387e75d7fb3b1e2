// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"testing"

	"gatewayresponses/internal/ability"
)

func TestSays(t *testing.T) {
	const perRoute = `typed_per_filter_config: {gateway_responses: {"@type": type.googleapis.com/envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilterPerRoute, ` +
		`dynamic_module_config: {name: gatewayresponses, do_not_close: true}, filter_name: `
	for _, tc := range []struct {
		name         string
		says         Says
		wasm, module string
	}{
		{"nothing", Says{}, "", ""},
		{
			"route",
			Says{Route: "off"},
			`metadata: {filter_metadata: {gateway_responses: {route: "off", }}}`,
			perRoute + `route, filter_config: {"@type": type.googleapis.com/google.protobuf.StringValue, value: "off"}}}`,
		},
		{
			"document",
			Says{Document: `{"mode": "off"}`},
			`metadata: {filter_metadata: {gateway_responses: {document: "{\"mode\": \"off\"}", }}}`,
			perRoute + `document, filter_config: {"@type": type.googleapis.com/google.protobuf.StringValue, value: "{\"mode\": \"off\"}"}}}`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for adapter, want := range map[ability.Adapter]string{ability.Wasm: tc.wasm, ability.Module: tc.module} {
				if got, err := tc.says.text(adapter); got != want || err != nil {
					t.Errorf("%s: %s, %v; want %s", adapter, got, err, want)
				}
			}
		})
	}
	if _, err := (Says{Route: "off", Document: "{}"}).text(ability.Module); err == nil {
		t.Error("the module takes both, want an error")
	}
}
