// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// identityRows tell about the client.
var identityRows = []Row{
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
	{
		Name:  "context.identity.apiKey",
		About: "the request header `x-api-key`",
		Needs: Needs{RequestHeaders: []string{"x-api-key"}},
		value: requestHeader("x-api-key"),
	},
	{
		Name:      "context.identity.clientCert.subjectDN",
		About:     "the subject of the client's certificate, as in `CN=client,O=Example` (RFC 2253)",
		attribute: "connection\x00subject_peer_certificate",
		value:     attribute,
	},
	{
		Name:      "context.identity.clientCert.issuerDN",
		About:     "its issuer, from the filter state, see [authorizer](document.md#root-authorizer) for how it gets there",
		attribute: "filter_state\x00gateway_responses.clientCert.issuerDN",
		value:     attribute,
	},
	{
		Name:      "context.identity.clientCert.serialNumber",
		About:     "its serial number, in the same way",
		attribute: "filter_state\x00gateway_responses.clientCert.serialNumber",
		value:     attribute,
	},
	{
		Name:      "context.identity.clientCert.validity.notBefore",
		About:     "the beginning of its validity, in the same way",
		attribute: "filter_state\x00gateway_responses.clientCert.validity.notBefore",
		value:     attribute,
	},
	{
		Name:      "context.identity.clientCert.validity.notAfter",
		About:     "the end of its validity, in the same way",
		attribute: "filter_state\x00gateway_responses.clientCert.validity.notAfter",
		value:     attribute,
	},
	{
		Name:      "context.identity.clientCert.clientCertPem",
		About:     "the certificate itself, in the same way",
		attribute: "filter_state\x00gateway_responses.clientCert.clientCertPem",
		value:     attribute,
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
