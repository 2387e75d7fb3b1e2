// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// oldestMinor is the first minor version of Envoy 1 in which a filter may send a reply while it looks at one. Source: envoy#36809.
const oldestMinor = 33

// checkVersion looks at what Envoy says of itself: its version, and the extensions that were built into it.
func (x *examiner) checkVersion(e *envoy) {
	version := e.node.get("user_agent_build_version", "version")
	if version.Exists() {
		x.Envoy = fmt.Sprintf("%d.%d.%d", version.get("major_number").Int(), version.get("minor_number").Int(), version.get("patch").Int())
		if version.get("major_number").Int() == 1 && version.get("minor_number").Int() < oldestMinor {
			x.report(code.EnvoyTooOld, finding.Error, version, "this is Envoy %s; the filter needs 1.%d or later", x.Envoy, oldestMinor)
		}
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
