// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"cmp"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
)

// keepsUpstream says why a reply of the upstream is left whatever the rules say, "" when they decide. A body that is a
// stream of its own kind has readers who take no other one.
func (p *Program) keepsUpstream(reply *facts.Reply) Left {
	value, _ := reply.Headers.First(contentType)
	media := chars.MediaType(value)
	switch {
	case !p.upstream:
		return LeftUpstream
	case strings.HasPrefix(media, "application/grpc"):
		return LeftGRPC
	case media == "text/event-stream", p.keepsProblem && media == "application/problem+json":
		return LeftUpstream
	}
	return ""
}

// leftOfUpstream says why a reply of the upstream that nobody names is left.
func (p *Program) leftOfUpstream(reply *facts.Reply) Left {
	return cmp.Or(p.keepsUpstream(reply), LeftUpstream)
}
