// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Adapter is what carries the engine into Envoy.
type Adapter uint8

// The adapters.
const (
	// Wasm is the filter in a VM: plugin.wasm, for every Envoy.
	Wasm Adapter = iota
	// Module is the filter as a shared library that Envoy loads into its own process.
	Module
)

// adapterNames are what people call the adapters.
var adapterNames = [...]string{Wasm: "wasm", Module: "module"}

// String is the name of the adapter.
func (a Adapter) String() string { return adapterNames[a] }

// ParseAdapter reads the name of an adapter.
func ParseAdapter(name string) (Adapter, error) {
	for i, known := range adapterNames {
		if name == known {
			return Adapter(i), nil
		}
	}
	return 0, fmt.Errorf("%q is not an adapter; use %s", name, strings.Join(adapterNames[:], " or "))
}

// File is what the file of the filter must be called.
func (a Adapter) File() string {
	if a == Module {
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
func (a Adapter) filterType() string {
	if a == Module {
		return filters + "dynamic_modules.v3.DynamicModuleFilter"
	}
	return filters + "wasm.v3.Wasm"
}

// Environ is what Envoy needs in its environment beside that of its parent, NAME=VALUE.
func (s Settings) Environ() []string {
	if s.Adapter != Module {
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
		"    \"@type\": "+Module.filterType()+"\n"+
		"    dynamic_module_config: {"+moduleConfig+"}\n"+
		"    filter_name: "+l.Name+"\n"+
		indented(configuration, "    "), filter.indent), nil
}
