// SPDX-License-Identifier: Apache-2.0

package grammar

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// defaultPorts are the ports that an origin leaves out.
var defaultPorts = map[string]string{"http": "80", "https": "443"}

// CheckOrigin checks an origin, in which * may stand in the host and for the port. What is compared is what browsers
// send: scheme and host in lower case, and the port only where it is not the scheme's own (RFC 6454 section 6.1).
func CheckOrigin(origin string) *Flaw {
	if origin == "null" {
		return Wrong(code.BadOrigin, `"null" is the origin of every sandboxed page, whoever wrote it; remove it`)
	}
	scheme, rest, found := strings.Cut(origin, "://")
	if !found || !isScheme(chars.Lower(scheme)) {
		return notOrigin(origin, "")
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		return notOrigin(origin, scheme+"://"+rest[:i])
	}
	host, port, hasPort := cutPort(rest)
	if hasPort && !isPort(port) || !isOriginHost(chars.Lower(host)) {
		return notOrigin(origin, "")
	}
	written := scheme + "://" + host
	if hasPort && port != defaultPorts[chars.Lower(scheme)] {
		written += ":" + port
	}
	if written = chars.Lower(written); written != origin {
		return Wrong(code.BadOrigin, quote.Text(origin)+" matches nothing, for browsers write lower case and leave out default ports; did you mean "+quote.Text(written)+"?")
	}
	return checkStar(origin, host)
}

// notOrigin is the flaw of a text that is no origin. meant is the one to suggest, if it is one.
func notOrigin(origin, meant string) *Flaw {
	advice := `; use scheme://host or scheme://host:port, e.g. "https://app.example.com"`
	if meant != "" && CheckOrigin(meant) == nil {
		advice = ", which has no path; did you mean " + quote.Text(meant) + "?"
	}
	return Wrong(code.BadOrigin, quote.Text(origin)+" is not an origin"+advice)
}

// checkStar checks that a * leaves the end of the host, which says whose it is, as it is.
func checkStar(origin, host string) *Flaw {
	labels := strings.Split(host, ".")
	last := len(labels) - 1
	if strings.Contains(labels[last], "*") {
		return Wrong(code.OpenOrigin, quote.Text(origin)+` leaves the end of the host open, so that anybody can own one; write e.g. "https://*.example.org", or "*" alone for all origins`)
	}
	if last > 0 && labels[last-1] != "*" && strings.Contains(labels[last-1], "*") {
		return &Flaw{
			Code:    code.OpenOrigin,
			Warning: true, At: Whole, Message: quote.Text(origin) + " matches names that anybody can register; did you mean " +
				quote.Text(strings.Replace(origin, "*", "*.", 1)) + "?",
		}
	}
	return nil
}

// cutPort cuts the port from a host, whose own colons stand in brackets.
func cutPort(host string) (name, port string, found bool) {
	i := strings.LastIndexByte(host, ':')
	if i < 0 || strings.HasSuffix(host, "]") {
		return host, "", false
	}
	return host[:i], host[i+1:], true
}

// isScheme reports whether a text is the scheme of a URL (RFC 3986 section 3.1) in lower case.
func isScheme(scheme string) bool {
	return scheme != "" && scheme[0] >= 'a' && scheme[0] <= 'z' && chars.ConsistsOf(scheme, "+-.")
}

// isOriginHost reports whether a text is the name of a host in lower case, in which stars may stand, or an IPv6 address in brackets.
func isOriginHost(host string) bool {
	if address, ok := strings.CutPrefix(host, "["); ok {
		address, ok = strings.CutSuffix(address, "]")
		return ok && strings.Contains(address, ":") && strings.Trim(address, "0123456789abcdef:.") == ""
	}
	return !strings.Contains("."+host+".", "..") && chars.ConsistsOf(host, "-._*")
}

// isPort reports whether a text is a port, or the star that stands for any.
func isPort(port string) bool {
	n, err := strconv.Atoi(port)
	return port == "*" || err == nil && n > 0 && n < 1<<16 && strconv.Itoa(n) == port
}
