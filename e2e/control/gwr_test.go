// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
)

// TestFromServer: what gwr emit envoy --from writes runs the document of the server at once and whether the server is there or not, takes
// what is put there, and gwr off and on reach it.
func TestFromServer(t *testing.T) {
	g := gwrdtest.New(t)
	stop := g.Start(t)
	g.Put(t, "/gateways/default", `{"plugin": {"file": "`+envoytest.PluginPath+`"}}`)
	g.Says(t, "first")
	config := g.Emitted(t)
	p := envoytest.StartConfig(t, config)
	if got := reply(t, p); got != "first" {
		t.Errorf("the first reply is %q, want that of the document that was there", got)
	}
	g.Says(t, "second")
	awaitReply(t, p, "second")
	g.Gwr(t, "off", "default", "--for", "1m")
	awaitReply(t, p, "")
	g.Gwr(t, "on", "default")
	awaitReply(t, p, "second")

	stop()
	if got := reply(t, p); got != "second" {
		t.Errorf("without the server the reply is %q, want what it was", got)
	}
	late := envoytest.StartConfig(t, config)
	if got := reply(t, late); got != "first" {
		t.Errorf("an Envoy that starts without the server replies %q, want what was emitted", got)
	}
	begin := time.Now()
	g.Start(t)
	awaitReply(t, late, "second")
	t.Logf("the document of a server that comes back is in force %v after its start", time.Since(begin).Round(time.Millisecond))
}
