// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// identityEntries tell about the client.
var identityEntries = []Entry{
	{
		Name:  "context.identity.sourceIp",
		About: "the IP address of the client, as Envoy determined it",
		Needs: Needs{Fields: facts.FieldSource},
		value: func(env *Env, _ string) (string, bool) { return present(address(env.Facts.Request.Source)) },
	},
	{
		Name:  "context.identity.userAgent",
		About: "the request header `user-agent`",
		Needs: Needs{RequestHeaders: []string{"user-agent"}},
		value: requestHeader("user-agent"),
	},
}

// address is the IP address in "ip:port", without the brackets of IPv6. A client on a Unix socket has none.
func address(source string) string {
	host, ok := splitPort(source)
	if inner, bracketed := strings.CutPrefix(host, "["); ok && bracketed {
		return strings.TrimSuffix(inner, "]")
	}
	if !ok || strings.Trim(host, "0123456789.") != "" {
		return ""
	}
	return host
}
