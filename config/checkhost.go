// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"gatewayresponses/internal/quote"
)

// checkHost checks a name of hosts: "name", or "*.name".
func checkHost(text string) *flaw {
	name := strings.TrimPrefix(text, "*.")
	switch {
	case text == "*":
		return &flaw{Error, whole, `"*" is every host; remove "hosts", or write "*.NAME"`}
	case name == "":
		return &flaw{Error, whole, quote.Text(text) + ` names no host; write for example "api.example.com" or "*.example.com"`}
	case strings.Contains(name, "*"):
		return &flaw{Error, strings.LastIndexByte(text, '*'), quote.Text(text) + ` has a "*" in it; it can only begin with "*."`}
	}
	if i := strings.IndexFunc(text, isForeignToHost); i >= 0 {
		return &flaw{Error, i, quote.Text(text) + ` is not the name of a host; write it without scheme, path and spaces, such as "api.example.com"`}
	}
	if strings.HasPrefix(name, "[") {
		return checkAddress(text)
	}
	if host, _, ok := strings.Cut(text, ":"); ok {
		return portFlaw(text, host)
	}
	return nil
}

// checkAddress checks an IPv6 address in brackets.
func checkAddress(text string) *flaw {
	host, port, ok := strings.Cut(text, "]")
	switch {
	case !ok:
		return &flaw{Error, whole, quote.Text(text) + ` has no closing bracket; write for example "[::1]"`}
	case port != "":
		return portFlaw(text, host+"]")
	}
	return nil
}

// portFlaw is the flaw of a host with a port.
func portFlaw(text, host string) *flaw {
	return &flaw{Error, len(host), quote.Text(text) + " has a port, which is ignored in requests; write " + quote.Text(host)}
}

// isForeignToHost tells what a URL has and the name of a host has not.
func isForeignToHost(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune(`/\?#@`, r)
}
