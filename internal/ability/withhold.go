// SPDX-License-Identifier: Apache-2.0

package ability

import (
	"maps"

	"gatewayresponses/internal/facts"
)

// Withhold takes out of facts what the host cannot tell. Of a route in metadata it is not known which metadata that was.
func (h Host) Withhold(f *facts.Facts) {
	if !h.Fields.Has(facts.FieldTime) {
		f.Request.Time = 0
	}
	if !h.Fields.Has(facts.FieldVirtualHost) {
		f.Route.VirtualHost = ""
	}
	f.Attributes = maps.Clone(f.Attributes)
	maps.DeleteFunc(f.Attributes, func(path, _ string) bool { return !h.Tells(path) })
}
