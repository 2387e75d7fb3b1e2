// SPDX-License-Identifier: Apache-2.0

package lint

import (
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
