// SPDX-License-Identifier: Apache-2.0

package envoy

// ModuleName is what Envoy's configuration calls the dynamic module: libNAME.so is its file.
const ModuleName = "gatewayresponses"

// SearchPathVariable is the variable of Envoy's environment that names the folder of dynamic modules.
const SearchPathVariable = "ENVOY_DYNAMIC_MODULES_SEARCH_PATH"

// The messages of the filter, and of what routes say to the dynamic module.
const (
	WasmFilter   = "envoy.extensions.filters.http.wasm.v3.Wasm"
	ModuleFilter = "envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilter"
	ModuleRoute  = "envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilterPerRoute"
)

// ModuleName is what templates see of the constant.
func (Options) ModuleName() string { return ModuleName }

// FilterType is the message that the filter is.
func (o Options) FilterType() string {
	if o.Module {
		return ModuleFilter
	}
	return WasmFilter
}

// ModuleRoute is what templates see of the constant.
func (Options) ModuleRoute() string { return ModuleRoute }

// SearchPathVariable is what templates see of the constant.
func (Options) SearchPathVariable() string { return SearchPathVariable }

// pluginTemplate is the template of the filter's own configuration, "" for none.
func (o Options) pluginTemplate() string {
	switch {
	case o.Module:
		return "module.yaml"
	case o.Wasm != "":
		return "plugin.yaml"
	}
	return ""
}
