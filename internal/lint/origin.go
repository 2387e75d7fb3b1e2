// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"slices"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
)

// originHeader is the variable that holds the origin of the page that asks.
const originHeader = "method.request.header.origin"

// echoedOriginWithCredentials looks for entries that allow the page that asks, whichever it is, to read the reply with the
// credentials of its visitor.
func echoedOriginWithCredentials(s *subject, report report) {
	for e := range s.entries {
		origin, found := e.header("access-control-allow-origin")
		if !found || !slices.ContainsFunc(origin.Variables, func(name string) bool { return chars.Lower(name) == originHeader }) {
			continue
		}
		if credentials, _ := e.header("access-control-allow-credentials"); credentials.Static == "true" {
			report(whole(e.valueOf(origin.Name)), quote.Text("$"+originHeader)+
				` with "access-control-allow-credentials" lets every page read replies as its visitor; name the origins in "cors", with "allowCredentials"`)
		}
	}
}
