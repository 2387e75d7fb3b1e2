// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// Upstream says which replies of the upstream pass whatever the rules say.
type Upstream struct {
	// KeepProblem reports that those of type application/problem+json do.
	KeepProblem bool
}

// upstream reads which replies of the upstream pass.
func (d *decoder) upstream(key Text, document *Document) {
	d.upstreamKey = key
	upstreamObject.read(d, key, &document.Upstream)
}

// checkUpstream warns of a block for replies that nothing in the document asks for. A rule with errors may ask for them.
func (d *decoder) checkUpstream() {
	key := d.upstreamKey
	if key.Value == "" || d.document.RewritesUpstream() || d.Errors() > 0 {
		return
	}
	d.Report(code.UpstreamWithoutEffect, Warning, key.Offset,
		quote.Text(key.Value)+` has no effect: replies of the upstream are left anyway; give a rule or "declared" the "source" "upstream" or "any", or remove it`)
}

// RewritesUpstream reports whether a rule or a producer may name replies of the upstream.
func (d *Document) RewritesUpstream() bool {
	if d.Declared != nil && d.Declared.Source.Upstream() {
		return true
	}
	for i := range d.Rules {
		if d.Rules[i].When.Source.Upstream() {
			return true
		}
	}
	return false
}
