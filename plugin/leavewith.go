// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// leaveWithHeaders counts a reply that passes as it is, but for the headers that were decided.
func (s *stream) leaveWithHeaders(f *facts.Facts, decision engine.Decision) {
	c := changes{host: s.plugin.vm.host, old: f.Reply.Headers}
	c.set(decision.Headers.Set)
	for _, name := range decision.Headers.Remove {
		c.remove(name)
	}
	if c.err != nil {
		s.leaveFailed(c.err)
		return
	}
	s.leave(decision.Trace.Left)
}
