// SPDX-License-Identifier: Apache-2.0

package facts

import "strings"

// AsksForTunnel reports whether the client asks for a connection in the place of a reply: by CONNECT, or by an upgrade. Envoy
// shows an extended CONNECT (RFC 8441) as the upgrade that it is over HTTP/1.1, and drops Upgrade from all other requests. The
// headers TunnelHeaders must have been captured.
func (r *Request) AsksForTunnel() bool {
	method, _ := r.Headers.First(":method")
	_, upgrade := r.Headers.First("upgrade")
	return method == "CONNECT" || upgrade
}

// TunnelHeaders names the request headers that AsksForTunnel looks at.
func TunnelHeaders() []string { return []string{":method", "upgrade"} }

// IsQuotable reports whether the beginning of the reply's body can be quoted. A body under Content-Encoding is no text. When
// an upstream refuses an upgrade with the headers of one, Envoy passes its bytes on as they come, those that frame the body
// included, and neither knows where the body ends nor frames another one: only a body whose length is announced can take its
// place. Source: envoy common/http/http1/codec_impl.cc, handling_upgrade_.
func (r *Reply) IsQuotable() bool {
	_, encoded := r.Headers.First("content-encoding")
	return !encoded && !r.IsUpgrade()
}

// IsUpgrade reports whether the headers are those of an upgrade. Source: envoy common/http/utility.cc, isUpgrade.
func (r *Reply) IsUpgrade() bool {
	if _, found := r.Headers.First("upgrade"); !found {
		return false
	}
	for _, line := range r.Headers.Values("connection") {
		for member := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(strings.Trim(member, " \t"), "upgrade") {
				return true
			}
		}
	}
	return false
}
