// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// folder is where the module is built, and where Envoy looks for it.
const folder = "../../dist"

func TestMain(m *testing.M) {
	path, err := filepath.Abs(folder)
	if err == nil {
		_, err = os.Stat(filepath.Join(path, "libgatewayresponses.so"))
	}
	if err == nil {
		err = os.Setenv("ENVOY_DYNAMIC_MODULES_SEARCH_PATH", path)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "e2e/module: %v; run make module\n", err)
		os.Exit(1)
	}
	envoytest.Main(m)
}

// filterWith is the module as an HTTP filter with a document.
func filterWith(document string) string {
	return strings.ReplaceAll(`- name: gateway_responses
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilter
    dynamic_module_config: {name: gatewayresponses, do_not_close: true}
    filter_name: gateway_responses
    filter_config: {"@type": type.googleapis.com/google.protobuf.StringValue, value: DOCUMENT}
`, "DOCUMENT", strconv.Quote(document))
}

// start runs an Envoy whose gateway has the module with a document.
func start(t *testing.T, document string) (p *envoytest.Proxy, url string) {
	t.Helper()
	p = envoytest.Start(t, envoyrun.Settings{NoCompanions: true, Listeners: []envoyrun.Listener{
		{Name: "gateway", Filter: envoyrun.FilterGiven, Given: filterWith(document)},
	}})
	return p, "http://" + p.Address(t, "gateway")
}
