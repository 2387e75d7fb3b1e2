// SPDX-License-Identifier: Apache-2.0

package grammar

import (
	"slices"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// CheckHost checks a name of hosts: "name", or "*.name".
func CheckHost(text string) *Flaw {
	name := strings.TrimPrefix(text, "*.")
	switch {
	case text == "*":
		return Wrong(code.BadHost, `"*" is every host; remove "hosts", or write "*.NAME"`)
	case name == "":
		return Wrong(code.BadHost, quote.Text(text)+` names no host; write for example "api.example.com" or "*.example.com"`)
	case strings.Contains(name, "*"):
		return &Flaw{Code: code.BadHost, At: strings.LastIndexByte(text, '*'), Message: quote.Text(text) + ` has a "*" in it; it can only begin with "*."`}
	}
	if i := strings.IndexFunc(text, isForeignToHost); i >= 0 {
		return &Flaw{Code: code.BadHost, At: i, Message: quote.Text(text) + ` is not the name of a host; write it without scheme, path and spaces, such as "api.example.com"`}
	}
	if strings.HasPrefix(name, "[") {
		return checkAddress(text)
	}
	if host, _, ok := strings.Cut(text, ":"); ok {
		return portFlaw(text, host)
	}
	return nil
}

// CoversHost reports whether a name of hosts, "name" or "*.name", stands for all hosts that another one stands for, whatever their
// case.
func CoversHost(wide, narrow string) bool {
	wide, narrow = chars.Lower(wide), chars.Lower(narrow)
	if !strings.HasPrefix(wide, "*.") {
		return wide == narrow
	}
	suffix := wide[1:]
	return len(narrow) > len(suffix) && strings.HasSuffix(narrow, suffix)
}

// checkAddress checks an IPv6 address in brackets.
func checkAddress(text string) *Flaw {
	host, port, ok := strings.Cut(text, "]")
	switch {
	case !ok:
		return Wrong(code.BadHost, quote.Text(text)+` has no closing bracket; write for example "[::1]"`)
	case port != "":
		return portFlaw(text, host+"]")
	}
	return nil
}

// portFlaw is the flaw of a host with a port.
func portFlaw(text, host string) *Flaw {
	return &Flaw{Code: code.BadHost, At: len(host), Message: quote.Text(text) + " has a port, which is ignored in requests; write " + quote.Text(host)}
}

// isForeignToHost reports whether r is in URLs and not in names of hosts.
func isForeignToHost(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune(`/\?#@`, r)
}

// methods are those of RFC 9110 and RFC 5789, which people write in lower case.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"}

// CheckMethod checks a method.
func CheckMethod(text string) *Flaw {
	upper := chars.Upper(text)
	switch {
	case text == "*":
		return Wrong(code.BadMethod, `"*" stands for no method; list them, or remove the key for all`)
	case !chars.IsToken(text):
		return Wrong(code.BadMethod, quote.Text(text)+` is not a method; write for example "GET"`)
	case text != upper && slices.Contains(methods, upper):
		return Wrong(code.BadMethod, quote.Text(text)+" is not a method; did you mean "+quote.Text(upper)+"?")
	}
	return nil
}
