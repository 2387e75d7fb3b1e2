// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"net/http"
	"strconv"

	"gatewayresponses/config"
)

// redirectOfWrites looks for entries that redirect requests of other methods than GET and HEAD: a browser drops the body of a POST,
// or with 307 and 308 sends it to the other page.
func redirectOfWrites(s *subject, report report) {
	for e := range s.entries {
		if 300 <= e.StatusCode && e.StatusCode < 400 && e.sets("location") && !e.scope.readsOnly() {
			report(whole(e.At), "status "+strconv.Itoa(e.StatusCode)+" redirects requests of every method, so what a client sends is lost, or goes to the other page; "+
				`put the entry into a route with "match": {"methods": ["GET", "HEAD"]}`)
		}
	}
}

// readsOnly reports whether the scope is for requests with GET and HEAD alone.
func (s *scope) readsOnly() bool {
	if s.route == nil || s.route.Match == nil || len(s.route.Match.Methods) == 0 {
		return false
	}
	for _, method := range s.route.Match.Methods {
		if !isRead(method) {
			return false
		}
	}
	return true
}

// isRead reports whether a method only reads.
func isRead(method config.Text) bool {
	return method.Value == http.MethodGet || method.Value == http.MethodHead
}
