// SPDX-License-Identifier: Apache-2.0

package engine

import "gatewayresponses/internal/classify"

// CompanionHeader is the header of a reply whose body a companion mapper of local_reply_config gave it, so that it need not be
// replaced by a nested one. Such a body is nobody's own: a reply that is deliberate only with a body, ext_authz_denied and
// request_rate_limited, is not because of it. No client sees the header. Its value does not matter.
const CompanionHeader = "x-gateway-response-body"

// hasCompanionBody reports whether the body of a local reply is a companion's. The word of an upstream does not count.
func (x *exchange) hasCompanionBody() bool {
	_, found := x.facts.Reply.Headers.First(CompanionHeader)
	return found && !classify.IsUpstream(&x.facts.Reply)
}
