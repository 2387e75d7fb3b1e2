// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// maxDoubledNames is how many doubled headers the log names in the life of a VM.
const maxDoubledNames = 64

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
		s.plugin.logDoubled(name)
	}
}

// doubled names the headers that stand in got once more than they were sent. Envoy puts what a route adds before the
// lines of the reply, and what a local_reply_config mapper adds behind them; it joins the lines of some headers by ",".
func doubled(sent, got facts.Headers) []string {
	var names []string
	for i, line := range sent {
		if _, further := sent[:i].First(line.Name); further {
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
