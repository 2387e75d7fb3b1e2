// SPDX-License-Identifier: Apache-2.0

package cors

import (
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// allowedOrigins are the origins whose pages may read a reply.
type allowedOrigins struct {
	any bool
	// patterns are compared byte by byte, as browsers do.
	patterns []glob.Pattern
}

// newAllowedOrigins compiles what the document allows.
func newAllowedOrigins(patterns []string) allowedOrigins {
	allowed := allowedOrigins{any: slices.Contains(patterns, config.AnyOrigin)}
	for _, pattern := range patterns {
		allowed.patterns = append(allowed.patterns, glob.Parse(pattern))
	}
	return allowed
}

// maxOrigin is the length of the longest origin that counts, in bytes: a host has up to 255, and an origin is compared with
// every pattern of the document.
const maxOrigin = 512

// allow is the value of Access-Control-Allow-Origin, and whether there is one. A single origin is sent back as it came.
// Where every origin is allowed the value does not depend on the request, so it is right on replies to requests without
// an origin too, which caches keep for others.
func (a allowedOrigins) allow(request facts.Headers) (string, bool) {
	if a.any {
		return config.AnyOrigin, true
	}
	value, ok := request.Only(origin)
	if !ok || len(value) > maxOrigin {
		return "", false
	}
	for i := range a.patterns {
		if a.patterns[i].Match(value) {
			return value, isOrigin(value)
		}
	}
	return "", false
}

// isOrigin reports whether text has the form scheme://host or scheme://host:port in lower case. It keeps a * of a pattern
// from taking a path, a port or a user's name that makes the end of the text look like the host.
func isOrigin(text string) bool {
	scheme, host, found := strings.Cut(text, "://")
	if !found || scheme == "" || !chars.ConsistsOf(scheme, "+-.") {
		return false
	}
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		port := host[i+1:]
		if port == "" || strings.Trim(port, "0123456789") != "" {
			return false
		}
		host = host[:i]
	}
	if address, ok := strings.CutPrefix(host, "["); ok {
		address, ok = strings.CutSuffix(address, "]")
		return ok && address != "" && strings.Trim(address, "0123456789abcdef:.") == ""
	}
	return host != "" && chars.ConsistsOf(host, "-._")
}
