// SPDX-License-Identifier: Apache-2.0

package wasmhost

import "slices"

// routeMetadata is a value of the metadata of the route.
func (s *Stream) routeMetadata(keys []string) any {
	switch {
	case slices.Equal(keys, []string{"gateway_responses", "route"}):
		return known(s.x.Facts.Route.Entry)
	case slices.Equal(keys, []string{"gateway_responses", "document"}):
		return known(s.x.Facts.Route.Document)
	}
	return known(s.x.Facts.RouteMetadata.Value(keys))
}
