// SPDX-License-Identifier: Apache-2.0

//go:build module

package doctor

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// module is our filter as a dynamic module, with further members of dynamic_module_config.
func (p *parts) module(further string) string {
	return typed("gateway_responses", "dynamic_modules.v3.DynamicModuleFilter", `dynamic_module_config: {name: gatewayresponses`+further+`}, filter_name: gateway_responses, `+
		`filter_config: {"@type": type.googleapis.com/google.protobuf.StringValue, value: `+strconv.Quote(p.document)+`}`)
}

// saysRoute is what a route says to the module.
func saysRoute(name string) string {
	return `typed_per_filter_config: {gateway_responses: {"@type": ` + envoytest.HTTPFilters + `dynamic_modules.v3.DynamicModuleFilterPerRoute, ` +
		`dynamic_module_config: {name: gatewayresponses, do_not_close: true}, per_route_config_name: route, ` +
		fmt.Sprintf(`filter_config: {"@type": type.googleapis.com/google.protobuf.StringValue, value: %s}}}, `, name)
}

// moduleVariants have the filter as a dynamic module. What its environment says no Envoy dumps (GWR328).
var moduleVariants = []variant{
	{"module", func(_ *testing.T, p *parts) {
		p.document = `{"gatewayResponses": {"DEFAULT_4XX": {}}, "routes": [{"name": "shop"}]}`
		p.route, p.ours = saysRoute("shop"), []string{p.module(", do_not_close: true")}
	}, "GWR328"},
	{"module-may-close", func(_ *testing.T, p *parts) { p.ours = []string{p.module("")} }, "GWR323 GWR328"},
	{"module-unknown-route", func(_ *testing.T, p *parts) {
		p.host, p.ours = saysRoute("shop"), []string{p.module(", do_not_close: true")}
	}, "GWR326 GWR328"},
}

// TestModuleVariants is TestVariants for the dynamic module.
func TestModuleVariants(t *testing.T) {
	folder, err := filepath.Abs("../../dist")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("ENVOY_DYNAMIC_MODULES_SEARCH_PATH", folder)
	for _, v := range moduleVariants {
		t.Run(v.name, v.run)
	}
}
