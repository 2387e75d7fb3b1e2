// SPDX-License-Identifier: Apache-2.0

package ability

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// shallow are the places where a dynamic module finds a value by a few names: the value of a key right below its namespace, in the dynamic
// metadata or in that of Envoy's route, and an object of the filter state. Only texts, numbers and booleans are values: the ABI
// leads into no object and no list. What leads there ends with the separator of a path.
var shallow = []struct {
	place string
	names int
}{
	{facts.MetadataPath(""), 2},
	{facts.RouteMetadataPath(""), 2},
	{facts.AttributePath("filter_state", ""), 1},
}

// isShallow reports whether a path leads to such a place, and no deeper.
func isShallow(path string) bool {
	for _, at := range shallow {
		if rest, ok := strings.CutPrefix(path, at.place); ok && len(facts.AttributePieces(rest)) == at.names {
			return true
		}
	}
	return false
}
