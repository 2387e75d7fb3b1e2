// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/emit/envoy"
)

// TestDelivery follows an Envoy through the good and the bad days of its server.
func TestDelivery(t *testing.T) {
	address, source := gwrdtest.FreeAddress(t), newFleet(nil)
	p := startEnvoy(t, "edge-1", address)
	if got := reply(t, p); got != "baked" {
		t.Fatalf("while the server is down, the reply is %q, want that of default_config", got)
	}

	seen := delivertest.NewWatcher()
	stop := serve(t, address, xds.Options{Source: source, Watcher: seen, Replica: "a"})
	awaitReply(t, p, "revision 1")
	node := seen.AwaitState(t, "edge-1", deliver.Acknowledged, 1, 1)
	if node.Cluster != "edge" || node.Replica != "a" || node.Envoy == "" {
		t.Errorf("the node is %+v", node)
	}

	t.Run("counters", func(t *testing.T) {
		for range 20 {
			reply(t, p)
		}
		seen.Await(t, "edge-1", "seen with its counters", func(n deliver.Node) bool {
			return n.Counters != nil && n.Counters.Revision == 1 && !n.Counters.Invalid && n.Counters.Replies["RESOURCE_NOT_FOUND.404"] >= 20
		})
	})

	t.Run("change", func(t *testing.T) {
		source.put(says(2))
		awaitReply(t, p, "revision 2")
		seen.AwaitState(t, "edge-1", deliver.Acknowledged, 2, 2)
	})

	before := updates(t, p)
	if before < 2 {
		t.Fatalf("Envoy counts %d updates, want 2 at least", before)
	}
	t.Run("the server dies", func(t *testing.T) {
		stop()
		if got := reply(t, p); got != "revision 2" {
			t.Errorf("the reply is %q, want that of the last document", got)
		}
	})

	t.Run("another replica takes over", func(t *testing.T) {
		seen := delivertest.NewWatcher()
		stop = serve(t, address, xds.Options{Source: source, Watcher: seen, Replica: "b"})
		if node := seen.AwaitState(t, "edge-1", deliver.Acknowledged, 2, 2); node.Replica != "b" {
			t.Errorf("the node is on replica %q", node.Replica)
		}
		for _, node := range seen.Of("edge-1") {
			if node.State == deliver.Sent {
				t.Errorf("something was sent to a node that has everything: %+v", node)
			}
		}
		if now := updates(t, p); now != before {
			t.Errorf("Envoy was sent its document again: %d updates, %d before", now, before)
		}
		source.put(says(3))
		awaitReply(t, p, "revision 3")
		seen.AwaitState(t, "edge-1", deliver.Acknowledged, 3, 3)
	})

	t.Run("a change while the server is down", func(t *testing.T) {
		stop()
		source.put(says(4))
		serve(t, address, xds.Options{Source: source, Watcher: delivertest.NewWatcher()})
		awaitReply(t, p, "revision 4")
	})

	t.Run("Envoy goes", func(t *testing.T) {
		seen := delivertest.NewWatcher()
		address := gwrdtest.FreeAddress(t)
		serve(t, address, xds.Options{Source: source, Watcher: seen})
		other := startEnvoy(t, "edge-2", address)
		seen.AwaitState(t, "edge-2", deliver.Acknowledged, 4, 4)
		if err := other.Envoy.Stop(); err != nil {
			t.Fatal(err)
		}
		seen.AwaitState(t, "edge-2", deliver.Lost, 4, 4)
	})
}

// TestRefusal has an Envoy refuse a document: it goes on with the one before, and the server knows why.
func TestRefusal(t *testing.T) {
	address, source, seen := gwrdtest.FreeAddress(t), newFleet(map[string]string{"GWR_ON_INVALID": "refuse"}), delivertest.NewWatcher()
	serve(t, address, xds.Options{Source: source, Watcher: seen})
	p := startEnvoy(t, "edge-1", address, func(o *envoy.Options) { o.RefuseInvalid = true })
	wantRefusal(t, p, source, seen)
}

// wantRefusal delivers a bad document to an Envoy that refuses those, and a good one after that.
func wantRefusal(t *testing.T, p *envoytest.Proxy, source *fleet, seen *delivertest.Watcher) {
	t.Helper()
	awaitReply(t, p, "revision 1")
	source.put(delivertest.Document(2, `{"mode": "on"}`))
	node := seen.AwaitState(t, "edge-1", deliver.Refused, 2, 1)
	if node.Wanted != 2 || node.Why == "" {
		t.Errorf("the node is %+v", node)
	}
	t.Logf("Envoy said: %s", node.Why)
	if got := reply(t, p); got != "revision 1" {
		t.Errorf("the reply is %q, want that of the document before", got)
	}
	source.put(says(3))
	awaitReply(t, p, "revision 3")
	seen.AwaitState(t, "edge-1", deliver.Acknowledged, 3, 3)
}

// TestInvalid has an Envoy take a bad document as it does by default: its gauge says that it runs the one before.
func TestInvalid(t *testing.T) {
	address, source, seen := gwrdtest.FreeAddress(t), newFleet(nil), delivertest.NewWatcher()
	serve(t, address, xds.Options{Source: source, Watcher: seen})
	p := startEnvoy(t, "edge-1", address)
	awaitReply(t, p, "revision 1")
	source.put(delivertest.Document(2, `{"mode": "on"}`))
	seen.Await(t, "edge-1", "seen with a bad document", func(n deliver.Node) bool {
		return n.State == deliver.Acknowledged && n.Running == 2 && n.Counters != nil && n.Counters.Invalid && n.Counters.Revision == 1
	})
	if got := reply(t, p); got != "revision 1" {
		t.Errorf("the reply is %q, want that of the document before", got)
	}
}
