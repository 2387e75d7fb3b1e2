// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"slices"
	"strings"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// extensionNames name extensions at the beginning of a sentence.
var extensionNames = map[string]string{wasmOfGateway: "Wasm", modulesOfGateway: "the module"}

// gatewayOrder are the filters that Envoy Gateway puts in front of Wasm and that refuse requests, in its order. Source:
// gateway internal/xds/translator/httpfilters.go.
var gatewayOrder = []string{
	"envoy.filters.http.health_check", "envoy.filters.http.fault", "envoy.filters.http.cors", "envoy.filters.http.csrf",
	"envoy.filters.http.ext_authz", "envoy.filters.http.api_key_auth", "envoy.filters.http.basic_auth", "envoy.filters.http.oauth2",
	"envoy.filters.http.jwt_authn", "envoy.filters.http.buffer", "envoy.filters.http.lua", "envoy.filters.http.ext_proc",
}

// What filterOrder calls Wasm filters, and dynamic modules.
const (
	wasmOfGateway    = "envoy.filters.http.wasm"
	modulesOfGateway = "envoy.filters.http.dynamic_modules"
)

// examineEnvoyGateway looks at the objects of Envoy Gateway, and reports whether one has the filter.
func (x *examiner) examineEnvoyGateway(c *cluster) bool {
	some := false
	// hosted are what depends on the environment of Envoy.
	var hosted []node
	for _, policy := range c.byKind["EnvoyExtensionPolicy"] {
		for wasm := range policy.get("spec", "wasm").each() {
			if !isOurExtension(policy, wasm) {
				continue
			}
			x.checkExtensionPolicy(policy, wasm)
			hosted = append(hosted, hostKeys(wasm)...)
			if some {
				x.report(code.VMsOfItsOwn, finding.Warning, wasm,
					"%s is a further Wasm extension with the filter, for which Envoy Gateway starts VMs of its own, one for each worker of Envoy; use one on the Gateway, and routes of its document", nameOf(policy))
				continue
			}
			some = true
			x.checkFilterOrder(c, wasm, wasmOfGateway)
			x.checkNoRoute(c, wasm)
		}
		modules := x.examineModules(c, policy)
		some, hosted = some || len(modules) > 0, append(hosted, modules...)
	}
	x.checkContainers(c, hosted)
	return x.examinePatches(c) || some
}

// examineModules looks at the dynamic modules of a policy, and returns those that are the filter. config goes to it as a JSON text.
func (x *examiner) examineModules(c *cluster, policy node) []node {
	var ours []node
	for module := range policy.get("spec", "dynamicModule").each() {
		config := module.get("config")
		if !calledLikeOurs(policy.get("metadata", "name").text(), module.get("name").text(), module.get("filterName").text()) && !config.get("gatewayResponses").Exists() {
			continue
		}
		ours = append(ours, module)
		if config.Exists() {
			x.checkDocument(config, ability.Module)
		}
		x.checkFilterOrder(c, module, modulesOfGateway)
		x.checkNoRoute(c, module)
	}
	return ours
}

// isOurExtension reports whether a Wasm extension of a policy is our filter.
func isOurExtension(policy, wasm node) bool {
	return calledLikeOurs(policy.get("metadata", "name").text(), wasm.get("name").text(), wasm.get("rootID").text(),
		wasm.get("code", "image", "url").text(), wasm.get("code", "http", "url").text()) ||
		wasm.get("config", "gatewayResponses").Exists()
}

// examinePatches looks at the filters that an EnvoyPatchPolicy puts into listeners, and reports whether one is the filter.
func (x *examiner) examinePatches(c *cluster) bool {
	some := false
	e := &envoy{}
	for _, policy := range c.byKind["EnvoyPatchPolicy"] {
		for patch := range policy.get("spec", "jsonPatches").each() {
			operation := patch.get("operation")
			if operation.get("op").text() != "add" || !strings.Contains(operation.get("path").text(), "http_filters/") {
				continue
			}
			m := &manager{filters: []filter{e.filter(operation.get("value"))}}
			x.findPlugins(m)
			f := &m.filters[0]
			if f.plugin == nil {
				continue
			}
			some = true
			if path := operation.get("path"); !strings.HasSuffix(path.text(), "http_filters/0") {
				x.report(code.FilterNotFirst, finding.Error, path, "%q may stand behind filters whose errors it cannot see; let the path end in http_filters/0", f.name)
			}
			x.checkPlugin(f)
			x.checkDiscovery(f, true)
		}
	}
	return some
}

// checkExtensionPolicy looks at a Wasm extension of an EnvoyExtensionPolicy. config goes to the filter as a JSON text.
func (x *examiner) checkExtensionPolicy(policy, wasm node) {
	if open := wasm.get("failOpen"); !open.isTrue() {
		x.report(code.FailClosed, finding.Error, orElse(open, wasm),
			"%s fails closed: after a crash of the filter every reply of its worker is an empty 503; set failOpen: true", nameOf(policy))
	}
	if config := wasm.get("config"); config.Exists() {
		x.checkDocument(config, ability.Wasm)
	}
}

// checkFilterOrder looks at where Envoy Gateway puts Wasm filters, or dynamic modules: behind those that authenticate, unless an
// EnvoyProxy says otherwise.
func (x *examiner) checkFilterOrder(c *cluster, extension node, name string) {
	at, front := extension, len(gatewayOrder)
	for _, proxy := range c.byKind["EnvoyProxy"] {
		for order := range proxy.get("spec", "filterOrder").each() {
			if order.get("name").text() != name {
				continue
			}
			at = order
			// Each element moves the filter, if the gateway has the other one.
			if before := slices.Index(gatewayOrder, order.get("before").text()); before >= 0 {
				front = min(front, before)
			}
		}
	}
	// What stands in front of the filters that authenticate costs little: injected faults and preflights.
	if front > slices.Index(gatewayOrder, "envoy.filters.http.ext_authz") {
		x.report(code.FilterNotFirst, finding.Error, at,
			"%s stands behind %s, whose errors it cannot see; give the EnvoyProxy filterOrder: [{name: %s, before: envoy.filters.http.X}] with the first of these that the gateway has",
			extensionNames[name], strings.Join(gatewayOrder[:front], ", "), name)
	}
}

// checkNoRoute looks for what brings the filter the requests that no route takes, since Envoy Gateway switches extensions on by route:
// a patch that switches it on for all requests, or an HTTPRoute that takes the rest.
func (x *examiner) checkNoRoute(c *cluster, wasm node) {
	for _, policy := range c.byKind["EnvoyPatchPolicy"] {
		for patch := range policy.get("spec", "jsonPatches").each() {
			if switchesOn(patch.get("operation")) {
				return
			}
		}
	}
	for _, route := range c.byKind["HTTPRoute"] {
		if firstOf(route.get("spec", "hostnames")).Exists() {
			continue
		}
		for rule := range route.get("spec", "rules").each() {
			if takesAll(rule) {
				return
			}
		}
	}
	x.report(code.FilterOffByDefault, finding.Warning, wasm,
		"Envoy Gateway switches extensions on by route, so that the 404 of no route stays as Envoy makes it; apply an EnvoyPatchPolicy that removes disabled, as gwr emit envoy-gateway makes it, or add an HTTPRoute without hostnames that takes every path")
}

// switchesOn reports whether an operation of a patch takes disabled from a Wasm filter.
func switchesOn(operation node) bool {
	at := operation.get("jsonPath").text() + "/" + strings.TrimPrefix(operation.get("path").text(), "/")
	return operation.get("op").text() == "remove" && strings.HasSuffix(at, "/disabled") && strings.Contains(at, "http_filters")
}

// takesAll reports whether a rule of an HTTPRoute takes every request.
func takesAll(rule node) bool {
	some := false
	for match := range rule.get("matches").each() {
		some = true
		path := match.get("path")
		if (!path.Exists() || path.get("value").text() == "/" && path.get("type").text() != "Exact") &&
			!match.get("method").Exists() && !match.get("headers").Exists() && !match.get("queryParams").Exists() {
			return true
		}
	}
	return !some
}
