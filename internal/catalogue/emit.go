// SPDX-License-Identifier: Apache-2.0

package catalogue

import "gatewayresponses/internal/code"

// emitSection is what other means than the filter cannot say.
var emitSection = Section{
	Title: "What other means than the filter cannot say",
	About: "`gwr emit` with `--engine` makes of a document what Envoy or Envoy Gateway can do without the filter. These findings say what it cannot.",
	Entries: []Entry{
		{
			Code: code.NotSayable, Title: "left out",
			Means: "What stands at this place is in the document and not in what was made of it. It is left out because it would not be the same: a value from the request, for instance, " +
				"would enter a body without escaping.",
			Fix: "Run the filter, or write the entry so that its replies are all the same.",
		},
		{
			Code: code.SaidOtherwise, Title: "some replies differ",
			Means: "Some replies get another answer than they would get from the filter. The message says which.",
			Fix:   "Run the filter where these replies matter.",
		},
	},
}
