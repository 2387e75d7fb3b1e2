// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"net/http"
	"strconv"

	"gatewayresponses/internal/facts"
)

// closingStatus looks for replies that end with their headers and become a 400 with a body: Envoy closes the connection of a
// client of HTTP/1 behind each 400 that it sends anew. A host that gives a body to a reply in place sends none anew.
func closingStatus(s *subject, report report) {
	if s.host.AddsBodies {
		return
	}
	for e, answers := range s.byEntry {
		for _, a := range answers {
			if a.isHeaderOnly() && a.changes() && a.reply.Status == http.StatusBadRequest && len(a.reply.Body) > 0 {
				report(whole(e.At), "Envoy closes the connection of HTTP/1 clients behind the 400 that answers "+a.name()+
					", which ends with its headers; use another status, or give such replies a body with a companion mapper")
				break
			}
		}
	}
}

// failureAsSuccess looks for entries that make a success of an error.
func failureAsSuccess(s *subject, report report) {
	for e := range s.entries {
		if 200 <= e.StatusCode && e.StatusCode < 300 {
			report(whole(e.At), "status "+strconv.Itoa(e.StatusCode)+
				" tells clients, caches and monitoring that the request succeeded; use a status from 400 on")
		}
	}
}

// serverErrorAsClientError looks for entries that make a fault of the client of one of the server.
func serverErrorAsClientError(s *subject, report report) {
	for e, answers := range s.byEntry {
		for _, a := range answers {
			if a.error.Status >= 500 && facts.FirstError <= a.reply.Status && a.reply.Status < 500 {
				report(whole(e.At), "the reply to "+a.name()+" has status "+strconv.Itoa(a.reply.Status)+" in the place of "+
					strconv.Itoa(a.error.Status)+", so clients do not try again and alarms stay silent; use a status from 500 on")
				break
			}
		}
	}
}
