// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"testing"

	"gatewayresponses/e2e/gwrdtest"
	"gatewayresponses/internal/certtest"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/emit/envoy"
)

// TestSecure delivers by mTLS, as gwr emit envoy configures it.
func TestSecure(t *testing.T) {
	authority := certtest.New(t)
	server := authority.Write(t.TempDir(), authority.Issue("gwrd.example.com"))
	client := authority.Write(t.TempDir(), authority.Issue("spiffe://example.com/edge"))
	address, seen := gwrdtest.FreeAddress(t), delivertest.NewWatcher()
	serve(t, address, xds.Options{
		Source: newFleet(nil), Watcher: seen, TLS: &xds.TLS{Certificate: server.Certificate, Key: server.Key, ClientCA: server.CA},
		Grants: []xds.Grant{{Names: "spiffe://example.com/*", Gateways: []string{"default"}}},
	})
	p := startEnvoy(t, "spiffe://example.com/edge/1", address, func(o *envoy.Options) {
		o.Server.TLS = &envoy.TLS{CA: client.CA, Certificate: client.Certificate, Key: client.Key, ServerName: "gwrd.example.com"}
	})
	awaitReply(t, p, "revision 1")
	seen.Await(t, "spiffe://example.com/edge/1", "seen with counters", func(n deliver.Node) bool {
		return n.State == deliver.Acknowledged && n.Counters != nil
	})
}
