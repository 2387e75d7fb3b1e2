// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"slices"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// onInvalid is the variable of the filter's environment that has Envoy refuse a bad document, when it says refuse.
const onInvalid, refuse = "GWR_ON_INVALID", "refuse"

// checkVariables looks at the environment that a Wasm filter has of its own: values, and names of variables of Envoy.
func (x *examiner) checkVariables(variables node) {
	x.checkOnInvalid(variables.get("key_values", onInvalid))
	for key := range variables.get("host_env_keys").each() {
		if key.text() == onInvalid {
			x.reportUnknown(key)
		}
	}
}

// checkOnInvalid looks at a value of the variable.
func (x *examiner) checkOnInvalid(value node) {
	if value.text() == refuse {
		x.report(code.RefusesInvalid, finding.Warning, value,
			"with %s=%s a bad document keeps Envoy from starting, or has it answer 500 to everything until a server delivers a good one; leave it out, unless this is for envoy --mode validate",
			onInvalid, refuse)
	}
}

// reportUnknown says that the variable is Envoy's own, which no configuration shows. at is what depends on it.
func (x *examiner) reportUnknown(at node) {
	x.report(code.RefusesInvalid, finding.Info, at,
		"whether Envoy refuses bad documents does not stand here: it does with %s=%s in its environment", onInvalid, refuse)
}

// onInvalidOf are the variables of that name in an environment as Kubernetes and Istio write it: [{name: NAME, value: VALUE}].
func onInvalidOf(environment node) []node {
	return slices.DeleteFunc(slices.Collect(environment.each()), func(variable node) bool { return variable.get("name").text() != onInvalid })
}

// checkKubernetes looks at such variables. A value from elsewhere is not known.
func (x *examiner) checkKubernetes(variables []node) {
	for _, variable := range variables {
		if value := variable.get("value"); value.Exists() {
			x.checkOnInvalid(value)
		} else {
			x.reportUnknown(variable)
		}
	}
}

// hostKeys are the names in a Wasm extension of Envoy Gateway by which it gets the variable of Envoy.
func hostKeys(wasm node) []node {
	return slices.DeleteFunc(slices.Collect(wasm.get("env", "hostKeys").each()), func(key node) bool { return key.text() != onInvalid })
}

// checkContainers looks at the environment that Envoy Gateway gives its Envoys. hosted is what depends on it.
func (x *examiner) checkContainers(c *cluster, hosted []node) {
	if len(hosted) == 0 {
		return
	}
	var variables []node
	for _, proxy := range c.byKind["EnvoyProxy"] {
		for _, workload := range []string{"envoyDeployment", "envoyDaemonSet"} {
			variables = append(variables, onInvalidOf(proxy.get("spec", "provider", "kubernetes", workload, "container", "env"))...)
		}
	}
	x.checkKubernetes(variables)
	if len(variables) == 0 {
		for _, at := range hosted {
			x.reportUnknown(at)
		}
	}
}
