// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"cmp"
	"net/http"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/quote"
)

// The headers that lints look at.
const (
	cacheControl    = "cache-control"
	retryAfter      = "retry-after"
	wwwAuthenticate = "www-authenticate"
)

// noChallenge looks for a 401 without WWW-Authenticate, which RFC 9110 section 15.5.2 wants on each. Envoy's own stays in place
// unless the entry removes it. An entry for all errors of a class is not to blame for errors that come without one.
func noChallenge(s *subject, report report) {
	missing(s, report, http.StatusUnauthorized, wwwAuthenticate, func(a *answer) bool {
		_, had := a.error.Headers.First(wwwAuthenticate)
		return had
	}, `has no WWW-Authenticate, so a client cannot know how to authenticate; set it, e.g. to "Bearer"`)
}

// noRetryAfter looks for a 429 without Retry-After. Envoy's rate limiters send none.
func noRetryAfter(s *subject, report report) {
	missing(s, report, http.StatusTooManyRequests, retryAfter, func(*answer) bool { return false },
		`has no Retry-After, so clients try again at once; set it, e.g. to "30", or from "response.header.x-ratelimit-reset"`)
}

// missing looks for entries that give an error a status without the header that belongs to it. had reports whether the error had
// the header.
func missing(s *subject, report report, status int, header string, had func(*answer) bool, problem string) {
	for e, answers := range s.byEntry {
		if e.sets(header) {
			continue // from a header that the error here does not have, if from any
		}
		for _, a := range answers {
			if _, found := a.header(header); found || a.reply.Status != status {
				continue
			}
			if isFamily(e.Type) && !a.changes() && !had(a) {
				continue
			}
			report(whole(e.At), "the reply to "+a.name()+" "+problem)
			break
		}
	}
}

// isFamily reports whether a type is that of all errors of a class.
func isFamily(t config.ResponseType) bool { return strings.HasPrefix(string(t), "DEFAULT_") }

// name is what messages call the error: its details, or its type when a rule names it by something else.
func (a *answer) name() string {
	return quote.Text(cmp.Or(a.error.Details, string(a.reply.Trace.Class.Type)))
}
