// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"

	"gatewayresponses/internal/quote"
)

// Source says whose replies are meant.
type Source uint8

// The sources.
const (
	// SourceLocal is Envoy; the default.
	SourceLocal Source = iota
	// SourceUpstream is the service behind Envoy.
	SourceUpstream
	// SourceAny is either.
	SourceAny
)

// sourceNames are the sources as documents write them, in the order of the constants.
var sourceNames = []string{"local", "upstream", "any"}

// Upstream tells whether replies of the upstream are meant.
func (s Source) Upstream() bool { return s != SourceLocal }

// Has tells whether a reply is meant, by whether it is the upstream's.
func (s Source) Has(upstream bool) bool {
	return s == SourceAny || s.Upstream() == upstream
}

// Upstream says which replies of the upstream pass whatever the rules say.
type Upstream struct {
	// KeepProblem tells that those of type application/problem+json do.
	KeepProblem bool
}

// replySource reads whose replies are meant.
func (d *decoder) replySource(key Text) Source {
	written := sourceNames[SourceLocal]
	d.Choice(key, "a source", &written, sourceNames...)
	return Source(slices.Index(sourceNames, written))
}

// upstream reads which replies of the upstream pass.
func (d *decoder) upstream(key Text) {
	d.upstreamKey = key
	d.fields(key, schema{fields: []field{
		{"keepProblem", func(key Text) { d.document.Upstream.KeepProblem, _ = d.Boolean(key) }},
	}})
}

// checkUpstream warns of a block for replies that nothing in the document asks for. A rule with errors may ask for them.
func (d *decoder) checkUpstream() {
	key := d.upstreamKey
	if key.Value == "" || d.document.RewritesUpstream() || d.HasErrors(0) {
		return
	}
	d.Report(Warning, key.Path, key.Offset,
		quote.Text(key.Value)+` has no effect: replies of the upstream are left anyway; give a rule or "declared" the "source" "upstream" or "any", or remove it`)
}

// warnFilterOfUpstream warns of globs on the names of filters where only replies of the upstream are meant.
func (d *decoder) warnFilterOfUpstream(filter Text, source Source, effect string) {
	if source == SourceUpstream && filter.Value != "" {
		d.Report(Warning, filter.Path, filter.Offset, quote.Text(filter.Value)+" beside the \"source\" \"upstream\" "+effect+": no filter sends the upstream's replies; remove one of them")
	}
}

// RewritesUpstream tells whether a rule or a producer may name replies of the upstream.
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
