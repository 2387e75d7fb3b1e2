// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// IsUpstream tells whether a reply is the upstream's own. Rules and producers name such replies only when the document
// says so.
func IsUpstream(reply *facts.Reply) bool {
	for i := range upstreams.rows {
		if glob.Match(upstreams.rows[i].pattern, reply.Details) {
			return true
		}
	}
	return false
}

// isFor tells whether the rule is for replies of the upstream, or for those of Envoy. No filter sends the upstream's.
func (r *rule) isFor(upstream bool) bool {
	return r.source.Has(upstream) && (!upstream || r.filters == nil)
}
