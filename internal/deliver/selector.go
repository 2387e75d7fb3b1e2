// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"slices"

	"gatewayresponses/internal/glob"
)

// Chooses reports whether the selector chooses a node.
func (s Selector) Chooses(id, cluster string) bool {
	if len(s.Nodes)+len(s.Clusters) == 0 {
		return false
	}
	return holds(s.Nodes, id) && holds(s.Clusters, cluster)
}

// holds reports whether one of the globs takes a name, or there are none.
func holds(globs []string, name string) bool {
	return len(globs) == 0 || slices.ContainsFunc(globs, func(pattern string) bool { return glob.Match(pattern, name) })
}
