// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// notCopied are headers of the old reply that a reply sent anew must not carry over: what frames or describes the old
// body, what is good for one connection only, and what Envoy sets itself.
var notCopied = []string{
	"connection", "content-length", "content-type", "date", "keep-alive", "proxy-connection", "server", "te", "trailer",
	"transfer-encoding", "upgrade",
}

// sendAnew sends a reply in the place of Envoy's, under the same response code details, so that the access log keeps the
// reason. Envoy gives it a new header map, which gets copies of the old headers.
func (e *edit) sendAnew(host host) error {
	headers := newHeaders(e.facts.Reply.Headers, e.headers, e.reply.AddedByRoutes)
	if err := host.sendReply(e.reply.Status, e.facts.Reply.Details, headers, e.reply.Body); err != nil {
		return err
	}
	e.sent = headers
	return nil
}

// newHeaders are the old headers that stay, and what the reply sets.
func newHeaders(old facts.Headers, changes engine.HeaderChanges, addedByRoutes []string) facts.Headers {
	headers := make(facts.Headers, 0, len(old)+len(changes.Set))
	for _, line := range old {
		_, set := changes.Set.First(line.Name)
		stays := !strings.HasPrefix(line.Name, ":") && !slices.Contains(notCopied, line.Name) &&
			!slices.Contains(addedByRoutes, line.Name)
		if stays && !set && !slices.Contains(changes.Remove, line.Name) {
			headers = append(headers, line)
		}
	}
	return append(headers, changes.Set...)
}
