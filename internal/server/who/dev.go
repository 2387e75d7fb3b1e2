// SPDX-License-Identifier: Apache-2.0

package who

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/sigv4"
)

// devSecrets are the access keys that AWS's documentation has as examples, and those that tests against stand-ins of AWS use.
var devSecrets = map[string]string{
	"test":                 "test",
	"AKIAIOSFODNN7EXAMPLE": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
	"AKIAI44QH8DHBEXAMPLE": "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
}

// wellKnown reports whether an id is that of an access key that everybody knows.
func wellKnown(id string) bool { return devSecrets[id] != "" }

// devKey gives a well-known key. Pages in a browser on this machine could sign with it as well, so nothing that a browser sends for
// a page is taken, nor what names another host than this machine (DNS rebinding).
func devKey(r *http.Request, id string) (control.Key, string, error) {
	if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" {
		return control.Key{}, "", &sigv4.Error{Kind: sigv4.UnrecognizedClient, Message: "The test keys of --dev are not for pages in a browser."}
	}
	if !onThisMachine(r.Host) {
		return control.Key{}, "", &sigv4.Error{Kind: sigv4.UnrecognizedClient, Message: "The test keys of --dev are for requests to localhost, 127.0.0.1 and [::1] only."}
	}
	return control.Key{ID: id, Name: id, Rights: auth.Everything()}, devSecrets[id], nil
}

// onThisMachine reports whether a host, with or without a port, is a name or an address of the loopback interface.
func onThisMachine(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	if address, err := netip.ParseAddr(host); err == nil {
		return address.IsLoopback()
	}
	return strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost")
}
