// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"

	"gatewayresponses/internal/code"
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

// Upstream reports whether replies of the upstream are meant.
func (s Source) Upstream() bool { return s != SourceLocal }

// Has reports whether a reply is meant, by whether it is the upstream's.
func (s Source) Has(upstream bool) bool {
	return s == SourceAny || s.Upstream() == upstream
}

// replySource reads whose replies are meant.
func (d *decoder) replySource(key Text) Source {
	written := sourceNames[SourceLocal]
	d.Choice(key, "a source", &written, sourceNames...)
	return Source(slices.Index(sourceNames, written))
}

// warnFilterOfUpstream warns of globs on the names of filters where only replies of the upstream are meant.
func (d *decoder) warnFilterOfUpstream(filter Text, source Source, effect string) {
	if source == SourceUpstream && filter.Value != "" {
		d.Report(code.FilterOfUpstream, Warning, filter.Offset, quote.Text(filter.Value)+" beside the \"source\" \"upstream\" "+effect+": no filter sends the upstream's replies; remove one of them")
	}
}
