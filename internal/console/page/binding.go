// SPDX-License-Identifier: Apache-2.0

package page

import (
	"gatewayresponses/internal/auth"
	v1 "gatewayresponses/internal/server/v1"
)

// Bound is where an API is bound, as the template "bound" shows it.
type Bound struct {
	v1.Binding
	// MayRead reports whether the caller may look at the host.
	MayRead bool
}

// Bound is what the caller may do about bindings.
func (v *Visit) Bound(bindings []v1.Binding) []Bound {
	bound := make([]Bound, len(bindings))
	for i, b := range bindings {
		bound[i] = Bound{b, v.Who.Rights.MayHost(auth.Read, b.Host)}
	}
	return bound
}

// MayBind reports whether the caller may bind an API to a host.
func (v *Visit) MayBind(api string) bool {
	return v.Who.Rights.MayAPI(auth.Deploy, api) && v.Who.Rights.MayAnyHost(auth.Deploy)
}
