// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"net/http"

	"gatewayresponses/config"
)

// missingTokenAs404 looks for entries that answer a missing token with 404. On AWS the type is that of a path that does not exist,
// so documents from there say 404; here it is that of a request without a token.
func missingTokenAs404(s *subject, report report) {
	for e := range s.entries {
		if e.Type == config.MissingAuthenticationToken && e.StatusCode == http.StatusNotFound && !e.scope.emulatesAWS() {
			report(whole(e.At), `here the type is that of a request without a token, and its client would look for another page; `+
				`put the 404 into "RESOURCE_NOT_FOUND", or take AWS's types with "emulate": "aws"`)
		}
	}
}
