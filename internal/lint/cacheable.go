// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"net/http"
	"strconv"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
)

// cacheablePerRequest looks for replies with status 404 or 410 that quote what is about one request. Caches may keep these two
// without being told (RFC 9110 section 15.1), and would give them to everybody.
func cacheablePerRequest(s *subject, report report) {
	for e, answers := range s.byEntry {
		for _, a := range answers {
			if a.isCacheable() {
				for name, at := range e.quotes {
					if isPerRequest(name) {
						report(at, quote.Text("$"+name)+" is about one request, and caches may keep the "+strconv.Itoa(a.reply.Status)+
							` that quotes it and give it to others; set "cache-control" to "no-store"`)
						break
					}
				}
				break
			}
		}
	}
}

// isCacheable reports whether a cache that others share may keep the reply without being told.
func (a *answer) isCacheable() bool {
	if a.reply.Status != http.StatusNotFound && a.reply.Status != http.StatusGone {
		return false
	}
	for _, header := range a.reply.Headers {
		if header.Name != cacheControl {
			continue
		}
		for directive := range strings.SplitSeq(header.Value, ",") {
			switch chars.Lower(chars.Trim(directive)) {
			case "no-store", "no-cache", "private", "max-age=0":
				return false
			}
		}
	}
	return true
}
