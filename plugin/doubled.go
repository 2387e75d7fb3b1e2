// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// maxDoubledNames is how many doubled headers the log names in the life of a VM.
const maxDoubledNames = 64

// findDoubled looks in on_log for headers of a reply sent anew that the client got double: Envoy adds the route's
// response_headers_to_add to the new header map, and the copies of the old headers hold what it had added before.
func (s *stream) findDoubled(sent facts.Headers) {
	got, err := readHeaders(s.plugin.vm.host)
	if err != nil {
		s.plugin.vm.complain(err)
		return
	}
	for _, name := range doubled(sent, got) {
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
