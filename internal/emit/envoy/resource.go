// SPDX-License-Identifier: Apache-2.0

package envoy

import (
	"strings"

	"gatewayresponses/internal/ability"
)

// Resource is what a server delivers by ECDS: the filter of a gateway, for the nodes that run it by one adapter. A request for it
// carries no more than its name, so the name says both.
type Resource struct {
	Gateway string
	Adapter ability.Adapter
}

// In front of the name of a gateway in names of resources, and behind it where the resource is the dynamic module.
const (
	resourcePrefix = "gateway-responses/"
	moduleSuffix   = "/module"
)

// ResourceForms are the names that resources have, for messages.
const ResourceForms = resourcePrefix + "GATEWAY, or for the dynamic module " + resourcePrefix + "GATEWAY" + moduleSuffix

// Name is the name under which it is delivered, and the filter's name in counters and logs.
func (r Resource) Name() string {
	if r.Adapter == ability.Module {
		return resourcePrefix + r.Gateway + moduleSuffix
	}
	return resourcePrefix + r.Gateway
}

// ResourceName is the name of the wasm filter of a gateway.
func ResourceName(gateway string) string { return Resource{gateway, ability.Wasm}.Name() }

// ParseResource is the resource of a name; not found for names of others.
func ParseResource(name string) (r Resource, found bool) {
	gateway, found := strings.CutPrefix(name, resourcePrefix)
	r = Resource{gateway, ability.Wasm}
	if of, isModule := strings.CutSuffix(gateway, moduleSuffix); isModule {
		r = Resource{of, ability.Module}
	}
	return r, found && r.Gateway != "" && !strings.Contains(r.Gateway, "/")
}

// RootID is the root_id of the wasm filter of a gateway.
func RootID(gateway string) string { return gateway }
