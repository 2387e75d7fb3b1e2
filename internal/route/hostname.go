// SPDX-License-Identifier: Apache-2.0

package route

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// maxHost is how long the name of a host can be, in bytes (RFC 1035 section 3.1.4), brackets and all.
const maxHost = 255

// hostOf is the host of an authority as conditions see it: without port, in lower case. What is too long is no host.
func hostOf(authority string) string {
	if colon := strings.LastIndexByte(authority, ':'); colon >= 0 && !strings.HasSuffix(authority, "]") {
		authority = authority[:colon]
	}
	if len(authority) > maxHost {
		return ""
	}
	return chars.Lower(authority)
}

// anyLabels begins a pattern for one or more labels in front of a name.
const anyLabels = "*."

// matchHost reports whether a pattern in lower case, "name" or "*.name", is for a host.
func matchHost(pattern, host string) bool {
	suffix, ok := strings.CutPrefix(pattern, "*")
	if !ok {
		return pattern == host
	}
	return len(host) > len(suffix) && strings.HasSuffix(host, suffix)
}
