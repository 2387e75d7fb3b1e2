// SPDX-License-Identifier: Apache-2.0

package control

import (
	"maps"
	"slices"

	"gatewayresponses/internal/apigateway"
)

// value is what a member of an input says, the zero value if it is not there.
func value[T any](member *T) T {
	if member == nil {
		var zero T
		return zero
	}
	return *member
}

// or is value with a default for members that are not there or empty.
func or(member *string, otherwise string) string {
	if text := value(member); text != "" {
		return text
	}
	return otherwise
}

// now is the time as AWS's API has it: whole seconds.
func (c *Control) now() apigateway.Time {
	return apigateway.Time{Time: c.options.Now().UTC().Truncate(1e9)}
}

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
