// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"cmp"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/classify"
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

// CompanionHeader is the header of a reply whose body a companion mapper of local_reply_config gave it, so that it need not be
// replaced by a nested one. Such a body is nobody's own: a reply that is deliberate only with a body, ext_authz_denied and
// request_rate_limited, is not because of it. No client sees the header. Its value does not matter.
const CompanionHeader = "x-gateway-response-body"

// hasCompanionBody reports whether the body of a local reply is a companion's. The word of an upstream does not count.
func (x *exchange) hasCompanionBody() bool {
	return x.has&hasCompanion != 0 && !classify.IsUpstream(&x.facts.Reply)
}
