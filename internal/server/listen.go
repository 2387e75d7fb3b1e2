// SPDX-License-Identifier: Apache-2.0

package server

import (
	"errors"
	"fmt"
	"net"
)

// errHalfTLS says that one of two files is missing.
var errHalfTLS = errors.New("a certificate needs its key, and a key its certificate")

// checkAddress holds the address that a flag gives to what may be listened on: beyond this machine only what is safe there, or what
// the owner insists on by another flag, if there is one.
func checkAddress(flag, address string, safe bool, insecureFlag string, insecure, dev bool) error {
	host, _, err := net.SplitHostPort(address)
	switch {
	case err != nil:
		return fmt.Errorf("--%s %q is no address; it should be like 127.0.0.1:8400", flag, address)
	case isLoopback(host):
		return nil
	case dev:
		return fmt.Errorf("--%s %s can be reached from other machines, and --dev takes credentials that everybody knows; use a loopback address", flag, address)
	case safe || insecure:
		return nil
	case insecureFlag == "":
		return fmt.Errorf("--%s %s can be reached from other machines; give it a certificate", flag, address)
	default:
		return fmt.Errorf("--%s %s can be reached from other machines; give it a certificate, or say --%s if something before it speaks TLS", flag, address, insecureFlag)
	}
}

// isLoopback reports whether only this machine can reach a host. A name counts if all its addresses do.
func isLoopback(host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback()
	}
	if host == "" {
		return false
	}
	ips, err := net.LookupIP(host)
	for _, ip := range ips {
		if !ip.IsLoopback() {
			return false
		}
	}
	return err == nil && len(ips) > 0
}
