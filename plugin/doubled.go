// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"

	"gatewayresponses/internal/facts"
)

// maxNamedHeaders is how many headers that came double or were lost the log names in the life of a VM.
const maxNamedHeaders = 64

// lookAtSent looks in on_log at what became of a reply sent anew. A mapper of local_reply_config may have given it another
// status, which is then the one that counts. And headers may have come out double: Envoy adds the route's
// response_headers_to_add to the new header map, where copies of the old headers hold what it had added before.
func (s *stream) lookAtSent(e *edit) {
	got, err := readHeaders(s.plugin.vm.host)
	if err != nil {
		s.plugin.vm.complain(err)
		return
	}
	text, _ := got.First(":status")
	if status := parseStatus(text); status != 0 {
		e.reply.Status = status
	}
	s.settle()
	for _, name := range doubled(e.sent, got) {
		s.plugin.vm.metrics.count(doubledCounter)
		s.plugin.logDoubled(name, remedy(name, e))
	}
	for _, name := range lost(e, got) {
		s.plugin.vm.metrics.count(lostCounter)
		s.plugin.logOnce(name, `was lost: "addedByRoutes" lists it, and the route did not add it; take it off the list`)
	}
}

// doubled names the headers that stand in got once more than they were sent. Envoy puts what a route adds before the
// lines of the reply, and what a local_reply_config mapper adds behind them; it joins the lines of some headers by ",". In Via
// and Proxy-Status each proxy adds itself to what an upstream sent.
func doubled(sent, got facts.Headers) []string {
	var names []string
	for i, line := range sent {
		if _, further := sent[:i].First(line.Name); further || line.Name == "via" || line.Name == "proxy-status" {
			continue
		}
		before := strings.Join(sent.Values(line.Name), ",")
		after := strings.Join(got.Values(line.Name), ",")
		if strings.HasSuffix(after, ","+before) || strings.HasPrefix(after, before+",") {
			names = append(names, line.Name)
		}
	}
	return names
}

// remedy says how the header called name comes once. What the document sets is sent even when it is listed.
func remedy(name string, e *edit) string {
	if _, set := e.headers.Set.First(name); set {
		return "the document sets it as well; let one of them do it"
	}
	if len(e.reply.AddedByRoutes) > 0 {
		return "add " + quote(name) + ` to "addedByRoutes" in the document`
	}
	return `add "headerOnly": {"addedByRoutes": [` + quote(name) + "]} to the document"
}

// lost names the headers of the old reply that were left to the route, which did not add them.
func lost(e *edit, got facts.Headers) []string {
	var names []string
	for _, name := range e.reply.AddedByRoutes {
		_, before := e.facts.Reply.Headers.First(name)
		_, after := got.First(name)
		if before && !after && !slices.Contains(e.headers.Remove, name) {
			names = append(names, name)
		}
	}
	return names
}
