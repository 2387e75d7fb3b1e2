// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"slices"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// examineIstio looks at the objects of Istio, and reports whether one has the filter.
func (x *examiner) examineIstio(c *cluster) bool {
	some := false
	for _, object := range slices.Concat(c.byKind["WasmPlugin"], c.byKind["TrafficExtension"]) {
		p := istioPlugin{object, object.get("spec"), object.get("spec")}
		if p.spec.get("wasm").Exists() {
			p.wasm = p.spec.get("wasm")
		}
		if p.isOurs() {
			some = true
			x.checkIstioPlugin(p, c)
		}
	}
	e := &envoy{filters: map[string]node{}}
	for _, object := range c.byKind["EnvoyFilter"] {
		for patch := range object.get("spec", "configPatches").each() {
			if value := patch.get("patch", "value"); patch.get("applyTo").text() == "EXTENSION_CONFIG" {
				e.filters[value.get("name").text()] = value
			}
		}
	}
	for _, object := range c.byKind["EnvoyFilter"] {
		for patch := range object.get("spec", "configPatches").each() {
			if patch.get("applyTo").text() == "HTTP_FILTER" {
				some = x.checkEnvoyFilter(e, patch) || some
			}
		}
	}
	return some
}

// istioPlugin is a WasmPlugin, or a TrafficExtension, in which what is about Wasm stands a level deeper.
type istioPlugin struct{ object, spec, wasm node }

// isOurs reports whether it is our filter.
func (p istioPlugin) isOurs() bool {
	return calledLikeOurs(p.object.get("metadata", "name").text(), p.wasm.get("pluginName").text(), p.wasm.get("url").text()) ||
		p.wasm.get("pluginConfig", "gatewayResponses").Exists()
}

// checkIstioPlugin looks at a plugin. Istio orders the filters of a proxy: CUSTOM authorization, plugins of phase AUTHN, JWT, plugins
// of phase AUTHZ, RBAC, plugins of phase STATS, the other plugins, router. It hands pluginConfig over as a JSON text. Source: istio
// pilot/pkg/networking/core/listener_builder.go, pilot/pkg/model/extensions.go.
func (x *examiner) checkIstioPlugin(p istioPlugin, c *cluster) {
	switch strategy := p.wasm.get("failStrategy"); strategy.text() {
	case "FAIL_OPEN":
	case "FAIL_RELOAD":
		x.report(code.FailClosed, finding.Warning, strategy, reloads)
	default:
		x.report(code.FailClosed, finding.Error, orElse(strategy, p.wasm),
			"%s fails closed: without its code, or after a crash of the filter, requests are refused; set failStrategy: FAIL_OPEN", nameOf(p.object))
	}
	if phase := p.spec.get("phase"); phase.text() != "AUTHN" {
		x.report(code.FilterNotFirst, finding.Error, orElse(phase, p.spec),
			"%s stands behind authentication, so that it does not see what that refuses; set phase: AUTHN", nameOf(p.object))
	}
	for _, policy := range c.byKind["AuthorizationPolicy"] {
		if action := policy.get("spec", "action"); action.text() == "CUSTOM" {
			x.report(code.FilterNotFirst, finding.Warning, action,
				"%s stands in front of every plugin, so that %s does not see what it denies; use an EnvoyFilter with INSERT_FIRST", nameOf(policy), nameOf(p.object))
		}
	}
	x.checkKubernetes(onInvalidOf(p.wasm.get("vmConfig", "env")))
	if config := p.wasm.get("pluginConfig"); config.Exists() {
		x.checkDocument(config, ability.Wasm)
	}
}

// checkEnvoyFilter looks at a patch of an EnvoyFilter that puts in an HTTP filter, and reports whether that is the filter.
func (x *examiner) checkEnvoyFilter(e *envoy, patch node) bool {
	m := &manager{filters: []filter{e.filter(patch.get("patch", "value"))}}
	x.findPlugins(m)
	f := &m.filters[0]
	if f.plugin == nil {
		return false
	}
	if operation := patch.get("patch", "operation"); operation.text() != "INSERT_FIRST" {
		x.report(code.FilterNotFirst, finding.Error, orElse(operation, patch),
			"%q may stand behind filters whose errors it cannot see; use operation: INSERT_FIRST", f.name)
	}
	x.checkPlugin(f)
	x.checkDiscovery(f, true)
	return true
}

// orElse is a value, or where it would stand.
func orElse(n, parent node) node {
	if n.Exists() {
		return n
	}
	return parent
}
