// SPDX-License-Identifier: Apache-2.0

package facts

import "slices"

// RouteMetadata is what was read of the metadata of Envoy's route, as far as the configuration asks for it.
type RouteMetadata []RouteMetadatum

// RouteMetadatum is one value of the metadata of Envoy's route.
type RouteMetadatum struct {
	// Keys lead to the value; the first one is the namespace.
	Keys []string
	// Value is never empty.
	Value string
}

// Value is what keys lead to, "" for nothing.
func (m RouteMetadata) Value(keys []string) string {
	for _, datum := range m {
		if slices.Equal(datum.Keys, keys) {
			return datum.Value
		}
	}
	return ""
}
