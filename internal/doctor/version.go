// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// oldestMinor is the first minor version of Envoy 1 in which a filter may send a reply while it looks at one. Source: envoy#36809.
const oldestMinor = 33

// versionOf is what Envoy says of its version.
func versionOf(e *envoy) node { return e.node.get("user_agent_build_version", "version") }

// readVersion reads the version of Envoy.
func (x *examiner) readVersion(e *envoy) {
	if version := versionOf(e); version.Exists() {
		x.Envoy = fmt.Sprintf("%d.%d.%d", version.get("major_number").Int(), version.get("minor_number").Int(), version.get("patch").Int())
		x.minor = int(version.get("minor_number").Int())
	}
}

// checkVersion looks at whether this Envoy runs Wasm filters, unless the filter is a dynamic module in all chains that have it: the
// version, and the extensions that were built into it.
func (x *examiner) checkVersion(e *envoy) {
	if !e.needsWasm() {
		return
	}
	if version := versionOf(e); version.get("major_number").Int() == 1 && x.minor < oldestMinor {
		x.report(code.EnvoyTooOld, finding.Error, version, "this is Envoy %s; the filter needs 1.%d or later", x.Envoy, oldestMinor)
	}
	runtime, some := false, false
	for extension := range e.node.get("extensions").each() {
		some = true
		if extension.get("category").text() == "envoy.wasm.runtime" && extension.get("name").text() != "envoy.wasm.runtime.null" {
			runtime = true
		}
	}
	if some && !runtime {
		x.report(code.NoWasm, finding.Error, e.node.get("extensions"), "this build of Envoy has no Wasm runtime; use a build that has envoy.wasm.runtime.v8")
	}
}

// needsWasm reports whether the filter is a Wasm filter, or is not there at all.
func (e *envoy) needsWasm() bool {
	module := false
	for i := range e.managers {
		for _, j := range e.managers[i].ours() {
			if e.managers[i].filters[j].plugin.adapter == ability.Wasm {
				return true
			}
			module = true
		}
	}
	return !module
}
