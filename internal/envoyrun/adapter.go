// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"fmt"
	"path/filepath"

	"gatewayresponses/internal/ability"
)

// PluginFile is what the file of the filter must be called.
func PluginFile(a ability.Adapter) string {
	if a == ability.Module {
		return moduleFile
	}
	return "plugin.wasm"
}

// What Envoy knows the module by.
const (
	// moduleName is that of the library: Envoy looks for libgatewayresponses.so.
	moduleName = "gatewayresponses"
	// moduleConfig is how it is loaded; Envoy must not unload a library of Go.
	moduleConfig = "name: " + moduleName + ", do_not_close: true"
	// moduleFile is the file of that name.
	moduleFile = "lib" + moduleName + ".so"
	// modulePath is the variable of Envoy's environment that says in which folder.
	modulePath = "ENVOY_DYNAMIC_MODULES_SEARCH_PATH"
	// filters is the package of the types of all HTTP filters, as a type URL.
	filters = "type.googleapis.com/envoy.extensions.filters.http."
)

// filterType is the type of our filter's configuration.
func filterType(a ability.Adapter) string {
	if a == ability.Module {
		return filters + "dynamic_modules.v3.DynamicModuleFilter"
	}
	return filters + "wasm.v3.Wasm"
}

// Environ is what Envoy needs in its environment beside that of its parent, NAME=VALUE.
func (s Settings) Environ() []string {
	if s.Adapter != ability.Module {
		return nil
	}
	environ := []string{modulePath + "=" + filepath.Dir(s.Plugin)}
	for name, value := range s.Environment {
		environ = append(environ, name+"="+value)
	}
	return environ
}

// module is our entry in http_filters for the native adapter: it carries the document that the one for the VM has.
func (s Settings) module(filter region, l Listener) (string, error) {
	if name := filepath.Base(s.Plugin); name != moduleFile {
		return "", fmt.Errorf("the module is called %q, and Envoy looks for %q", name, moduleFile)
	}
	document, err := cut(filter.inside, "document")
	if err != nil {
		return "", err
	}
	configuration := l.Configuration
	if configuration == "" {
		configuration = document.unindented()
	}
	if configuration, err = replaceWord(configuration, "configuration:", "filter_config:"); err != nil {
		return "", err
	}
	return indented("- name: gateway_responses\n"+
		"  typed_config:\n"+
		"    \"@type\": "+filterType(ability.Module)+"\n"+
		"    dynamic_module_config: {"+moduleConfig+"}\n"+
		"    filter_name: "+l.Name+"\n"+
		indented(configuration, "    "), filter.indent), nil
}
