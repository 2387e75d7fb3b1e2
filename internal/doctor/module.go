// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"maps"
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// The messages of a dynamic module's configuration.
const (
	moduleFilter = "envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilter"
	moduleRoute  = "envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilterPerRoute"
)

// searchPath is the variable of Envoy's environment that names the folder of dynamic modules.
const searchPath = "ENVOY_DYNAMIC_MODULES_SEARCH_PATH"

// oldestModuleMinor is the first minor version of Envoy 1 that runs the module: 1.38 tells no details of a reply, and those before it
// refuse the module.
const oldestModuleMinor = 39

// readModule is what a dynamic module is configured with. Envoy hands its filter_config over as text: a StringValue as it is, a
// Struct as JSON.
func readModule(config node) *plugin {
	p := &plugin{config: config, adapter: ability.Module}
	switch c := config.get("filter_config"); c.typeName() {
	case "google.protobuf.StringValue", "google.protobuf.Struct":
		p.text = c.get("value")
	}
	return p
}

// isOurModule reports whether a dynamic module is our filter.
func isOurModule(name string, p *plugin) bool {
	return calledLikeOurs(name, moduleName(p.config), p.config.get("filter_name").text()) ||
		strings.Contains(p.text.text(), `"gatewayResponses"`) || p.text.get("gatewayResponses").Exists()
}

// moduleName is what a configuration calls the dynamic module.
func moduleName(config node) string { return config.get("dynamic_module_config", "name").text() }

// host is where a filter runs. A version of Envoy that is not known passes for the oldest, so that nothing is missed that some Envoy
// cannot tell; one with which the adapter was not tested passes for the newest.
func (x *examiner) host(adapter ability.Adapter) (host ability.Host, tested bool) {
	hosts := hostsOf(adapter)
	if x.Envoy == "" {
		return hosts[len(hosts)-1], true
	}
	if host, err := ability.Find(string(adapter) + "@" + x.Envoy); err == nil {
		return host, true
	}
	return hosts[0], false
}

// hostsOf are the hosts of an adapter, the newest Envoy first.
func hostsOf(adapter ability.Adapter) []ability.Host {
	return slices.DeleteFunc(slices.Clone(ability.Hosts()), func(host ability.Host) bool { return host.Adapter != adapter })
}

// checkModule looks at how the dynamic module is loaded.
func (x *examiner) checkModule(f *filter) {
	config := f.plugin.config.get("dynamic_module_config")
	if _, tested := x.host(ability.Module); !tested {
		severity, outcome := finding.Error, "it does not work there"
		if x.minor >= oldestModuleMinor {
			severity, outcome = finding.Warning, "its interface may have changed"
		}
		x.report(code.ModuleUntested, severity, orElse(config, f.entry),
			"the module was not tested with Envoy %s, and %s; use %s", x.Envoy, outcome, testedWith())
	}
	if !config.get("do_not_close").isTrue() {
		x.report(code.ModuleCanBeClosed, finding.Warning, orElse(config, f.entry),
			"Envoy closes the module of %q when no configuration uses it, and Go cannot be unloaded; set do_not_close: true", f.name)
	}
	if x.Envoy == "" && !config.get("module").Exists() {
		x.report(code.ModuleSearchPath, finding.Info, orElse(config, f.entry),
			"where lib%s.so is does not stand in the configuration: %s in the environment of Envoy must name its folder", moduleName(f.plugin.config), searchPath)
	}
	if !x.unknown {
		x.unknown = true
		x.reportUnknown(orElse(config, f.entry))
	}
}

// testedWith lists the versions of Envoy that the module was tested with.
func testedWith() string {
	var versions []string
	for _, host := range hostsOf(ability.Module) {
		versions = append(versions, host.Envoy)
	}
	return strings.Join(versions, " or ")
}

// checkOtherModules looks for dynamic modules beside ours: where they are written in Go, their runtimes share the process.
func (x *examiner) checkOtherModules(e *envoy) {
	ours := false
	var others []*filter
	seen := map[string]bool{}
	for i := range e.managers {
		for j := range e.managers[i].filters {
			f := &e.managers[i].filters[j]
			switch name := moduleName(f.config); {
			case f.plugin != nil:
				ours = ours || f.plugin.adapter == ability.Module
			case f.typ == moduleFilter && !seen[name]:
				seen[name] = true
				others = append(others, f)
			}
		}
	}
	if !ours {
		return
	}
	for _, f := range others {
		x.report(code.OtherModule, finding.Info, f.entry,
			"%q is another dynamic module (%s); if that is written in Go, two runtimes of Go share the process of Envoy", f.name, moduleName(f.config))
	}
}

// checkPerRoute looks at what a route says to the module.
func (x *examiner) checkPerRoute(config node, what string, p *plugin) {
	if config.typeName() != moduleRoute {
		return
	}
	// Envoy reads the old name where the new one is not given, and warns of it.
	name := orElse(config.get("filter_name"), config.get("per_route_config_name"))
	value := config.get("filter_config", "value")
	switch name.text() {
	case "document":
		if p.document != nil && !p.document.RouteDocuments {
			x.report(code.BadPerRoute, finding.Warning, config, "%s has a route document, which has no effect unless the document of the filter has \"routeDocuments\": true", what)
		}
	case "route":
		if route := value.text(); p.document != nil && !names(p.document, route) {
			x.report(code.BadPerRoute, finding.Warning, orElse(value, config),
				"%s names the route %q, which the document of the filter does not have, so that match decides", what, route)
		}
	default:
		x.report(code.BadPerRoute, finding.Error, orElse(name, config),
			"%s has the filter_name %q, which the filter does not know; use \"route\" or \"document\"", what, name.text())
	}
}

// checkMissed looks for what a level of the routes says to our module under another name than the filter has. A level that has the
// right name, too, may be shared with another chain.
func (w *walk) checkMissed(level node, what string) {
	said, called := level.get("typed_per_filter_config"), slices.Sorted(maps.Keys(w.filters))
	if slices.ContainsFunc(called, func(name string) bool { return said.get(name).Exists() }) {
		return
	}
	for name, config := range said.members() {
		for _, right := range called {
			if config.typeName() == moduleRoute && moduleName(config) == moduleName(w.filters[right].plugin.config) {
				w.report(code.BadPerRoute, finding.Warning, config,
					"%s says something to the module under the name %q, and Envoy does not hand it over; the filter is called %q", what, name, right)
			}
		}
	}
}

// names reports whether a name is that of a route of a document, or of a mode.
func names(document *config.Document, name string) bool {
	return name == string(config.ModeOff) || name == string(config.ModeObserve) ||
		slices.ContainsFunc(document.Routes, func(r config.Route) bool { return r.Name.Value == name })
}
