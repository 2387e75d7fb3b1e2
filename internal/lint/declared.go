// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/quote"
)

// declaredByAnybody looks for documents that take the word of every service behind Envoy: any of them could then choose what
// clients see, a service that passes headers of others on among them.
func declaredByAnybody(s *subject, report report) {
	d := s.document.Declared
	if d == nil || !d.Source.Upstream() || d.Filters != nil {
		return
	}
	report(whole(s.declared), quote.Text("declared")+` takes the word of every service behind Envoy, so each of them chooses what clients see; `+
		`use the "source" "local" with "filter", or allow it with the reason why all are trusted`)
}

// declaredDespiteFilter looks for documents that seem to trust some filters only: no filter sends the replies of the upstream, so
// "filter" says nothing of them.
func declaredDespiteFilter(s *subject, report report) {
	d := s.document.Declared
	if d != nil && d.Source == config.SourceAny && d.Filters != nil {
		report(whole(s.declared), `"filter" is about Envoy's own replies alone: with the "source" "any" every service behind Envoy may name a type; use the "source" "local"`)
	}
}
