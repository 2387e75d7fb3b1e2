// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/grpc"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/deliver/filter"
)

// TestStates follows a node: it takes a revision, refuses the next, takes the one after, and goes.
func TestStates(t *testing.T) {
	source, seen := delivertest.NewSource(delivertest.Gateway("default", 1)), delivertest.NewWatcher()
	address, _ := serve(t, Options{Source: source, Watcher: seen, Replica: "a"})
	connection := dial(t, address, nil)
	p := subscribe(t, open(t, connection), "edge-1", "")

	if got := filter.Revision(p.receive()); got != 1 {
		t.Fatalf("received revision %d, want 1", got)
	}
	seen.AwaitState(t, "edge-1", deliver.Sent, 1, 0)
	p.accept()
	n := seen.AwaitState(t, "edge-1", deliver.Acknowledged, 1, 1)
	if n.Cluster != "edge" || n.Replica != "a" || n.Connected.IsZero() {
		t.Errorf("the node is %+v", n)
	}

	source.Set(delivertest.Gateway("default", 2))
	p.receive()
	p.refuse("no\x00 way\n")
	if n := seen.AwaitState(t, "edge-1", deliver.Refused, 2, 1); n.Why != "no  way\n" {
		t.Errorf("the node said %q", n.Why)
	}

	source.Set(delivertest.Gateway("default", 3))
	if got := filter.Revision(p.receive()); got != 3 {
		t.Fatalf("after a refusal revision %d was received, want 3", got)
	}
	p.accept()
	seen.AwaitState(t, "edge-1", deliver.Acknowledged, 3, 3)
	_ = connection.Close()
	seen.AwaitState(t, "edge-1", deliver.Lost, 3, 3)
}

// TestNothingTwice has a node come back, to the same replica and to another: it gets only what is new.
func TestNothingTwice(t *testing.T) {
	source := delivertest.NewSource(delivertest.Gateway("default", 1))
	first, stop := serve(t, Options{Source: source, Watcher: delivertest.NewWatcher()})
	p := subscribe(t, open(t, dial(t, first, nil)), "edge-1", "")
	version := p.receive()
	p.accept()
	stop()

	again, seen := delivertest.NewSource(delivertest.Gateway("default", 1)), delivertest.NewWatcher()
	second, _ := serve(t, Options{Source: again, Watcher: seen})
	p = subscribe(t, open(t, dial(t, second, nil)), "edge-1", version)
	if n := seen.AwaitState(t, "edge-1", deliver.Acknowledged, 1, 1); !n.RunningSince.IsZero() {
		t.Errorf("it is said to run it since %s, but it had it before", n.RunningSince)
	}
	again.Set(delivertest.Gateway("default", 2))
	if got := filter.Revision(p.receive()); got != 2 {
		t.Errorf("the first that came was revision %d, want 2", got)
	}
	p.accept()
	if n := seen.AwaitState(t, "edge-1", deliver.Acknowledged, 2, 2); n.RunningSince.Before(n.Connected) {
		t.Errorf("it is said to run it since %s, before it was connected: %s", n.RunningSince, n.Connected)
	}
}

// TestComesBackBehind has a node come back that missed a revision.
func TestComesBackBehind(t *testing.T) {
	before, err := filter.New(asWasm, deliver.Plugin{}, delivertest.Gateway("default", 6).Stable)
	if err != nil {
		t.Fatal(err)
	}
	seen := delivertest.NewWatcher()
	address, _ := serve(t, Options{Source: delivertest.NewSource(delivertest.Gateway("default", 7)), Watcher: seen})
	p := subscribe(t, open(t, dial(t, address, nil)), "edge-1", before.Version)
	p.receive()
	seen.AwaitState(t, "edge-1", deliver.Sent, 7, 6)
}

// TestReplacedStream has a node come back before its old stream has ended: the end of that is no news.
func TestReplacedStream(t *testing.T) {
	seen := delivertest.NewWatcher()
	address, _ := serve(t, Options{Source: delivertest.NewSource(delivertest.Gateway("default", 1)), Watcher: seen})
	old := dial(t, address, nil)
	p := subscribe(t, open(t, old), "edge-1", "")
	version := p.receive()
	p.accept()
	connected := seen.AwaitState(t, "edge-1", deliver.Acknowledged, 1, 1).Connected
	subscribe(t, open(t, dial(t, address, nil)), "edge-1", version)
	seen.Await(t, "edge-1", "on the newer stream", func(n deliver.Node) bool { return n.Connected.After(connected) })
	_ = old.Close()
	subscribe(t, open(t, dial(t, address, nil)), "edge-2", version)
	seen.AwaitState(t, "edge-2", deliver.Acknowledged, 1, 1)
	seen.AwaitState(t, "edge-1", deliver.Acknowledged, 1, 1)
}

// TestTwoStreams has two Envoys with one id, as while one takes over from the other. It is shown as the newer one is, then as the older one,
// and is lost when none is left.
func TestTwoStreams(t *testing.T) {
	source, seen := delivertest.NewSource(delivertest.Gateway("default", 1)), delivertest.NewWatcher()
	address, _ := serve(t, Options{Source: source, Watcher: seen})
	connections := []*grpc.ClientConn{dial(t, address, nil), dial(t, address, nil), dial(t, address, nil)}
	var envoys []*subscriber
	var connected []time.Time
	for _, connection := range connections {
		e := subscribe(t, open(t, connection), "edge-1", "")
		e.receive()
		e.accept()
		envoys = append(envoys, e)
		n := seen.Await(t, "edge-1", "on the newest stream", func(n deliver.Node) bool {
			return n.State == deliver.Acknowledged && !slices.Contains(connected, n.Connected)
		})
		connected = append(connected, n.Connected)
	}

	_ = connections[1].Close()
	source.Set(delivertest.Gateway("default", 2))
	for _, e := range []*subscriber{envoys[0], envoys[2]} {
		if got := filter.Revision(e.receive()); got != 2 {
			t.Fatalf("received revision %d, want 2", got)
		}
	}
	envoys[2].accept()
	seen.AwaitState(t, "edge-1", deliver.Acknowledged, 2, 2)
	_ = connections[2].Close()
	seen.Await(t, "edge-1", "on the older stream", func(n deliver.Node) bool {
		return n.Connected.Equal(connected[0]) && n.State == deliver.Sent && n.Running == 1
	})
	envoys[0].accept()
	seen.AwaitState(t, "edge-1", deliver.Acknowledged, 2, 2)
	_ = connections[0].Close()
	seen.AwaitState(t, "edge-1", deliver.Lost, 2, 2)
	for _, n := range seen.Of("edge-1")[:len(seen.Of("edge-1"))-1] {
		if n.State == deliver.Lost {
			t.Errorf("lost while a stream was left: %+v", n)
		}
	}
}

// TestRollout gives one of two nodes a document first, then both, then takes it back.
func TestRollout(t *testing.T) {
	source, seen := delivertest.NewSource(delivertest.Gateway("default", 1)), delivertest.NewWatcher()
	address, _ := serve(t, Options{Source: source, Watcher: seen})
	connection := dial(t, address, nil)
	canary, other := subscribe(t, open(t, connection), "canary-1", ""), subscribe(t, open(t, connection), "edge-1", "")
	for _, p := range []*subscriber{canary, other} {
		p.receive()
		p.accept()
	}

	rollout := delivertest.Gateway("default", 1)
	next := delivertest.Gateway("default", 2).Stable
	rollout.First, rollout.Selector = &next, deliver.Selector{Nodes: []string{"canary-*"}}
	source.Set(rollout)
	if got := filter.Revision(canary.receive()); got != 2 {
		t.Errorf("the node that is chosen got revision %d, want 2", got)
	}
	canary.accept()
	seen.AwaitState(t, "canary-1", deliver.Acknowledged, 2, 2)
	seen.AwaitState(t, "edge-1", deliver.Acknowledged, 1, 1)

	source.Set(delivertest.Gateway("default", 1))
	if got := filter.Revision(canary.receive()); got != 1 {
		t.Errorf("when the rollout stops, the node got revision %d, want 1", got)
	}
	canary.accept()
	source.Set(delivertest.Gateway("default", 3))
	if got := filter.Revision(other.receive()); got != 3 {
		t.Errorf("the first that the other node got is revision %d, want 3", got)
	}
}

// TestAggregated asks by delta ADS, for two gateways on one stream.
func TestAggregated(t *testing.T) {
	source, seen := delivertest.NewSource(delivertest.Gateway("default", 1), delivertest.Gateway("shop", 5)), delivertest.NewWatcher()
	address, _ := serve(t, Options{Source: source, Watcher: seen})
	stream, err := discovery.NewAggregatedDiscoveryServiceClient(dial(t, address, nil)).DeltaAggregatedResources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	request := firstRequest("edge-1")
	request.ResourceNamesSubscribe = append(request.ResourceNamesSubscribe, "gateway-responses/shop", "gateway-responses/nobody")
	if err := stream.Send(request); err != nil {
		t.Fatal(err)
	}
	response, err := stream.Recv()
	if err != nil || len(response.GetResources()) != 2 || len(response.GetRemovedResources()) != 0 {
		t.Fatalf("%v, %v; want two resources", response, err)
	}
	p := &subscriber{t: t, stream: stream, nonce: response.GetNonce()}
	p.accept()
	seen.AwaitState(t, "edge-1", deliver.Acknowledged, 1, 1)
	source.Set(delivertest.Gateway("nobody", 9))
	if got := filter.Revision(p.receive()); got != 9 {
		t.Errorf("the gateway that came later has revision %d, want 9", got)
	}
}

// TestRefusals says what clients are told that ask for something else.
func TestRefusals(t *testing.T) {
	address, _ := serve(t, Options{Source: delivertest.NewSource(delivertest.Gateway("default", 1)), Watcher: delivertest.NewWatcher(), MaxStreams: 3})
	connection := dial(t, address, nil)
	first := func(change func(*discovery.DeltaDiscoveryRequest)) func(*testing.T) error {
		return func(t *testing.T) error {
			stream := open(t, connection)
			request := firstRequest("edge-1")
			change(request)
			if err := stream.Send(request); err != nil {
				return err
			}
			_, err := stream.Recv()
			return err
		}
	}
	for _, tc := range []struct {
		name, want string
		ask        func(*testing.T) error
	}{
		{"state of the world", "set api_type to DELTA_GRPC", func(t *testing.T) error {
			stream, err := discovery.NewAggregatedDiscoveryServiceClient(connection).StreamAggregatedResources(t.Context())
			if err != nil {
				return err
			}
			_, err = stream.Recv()
			return err
		}},
		{"no node", "the node has no id; give Envoy one", first(func(r *discovery.DeltaDiscoveryRequest) { r.Node = nil })},
		{"a long node", "not a text of up to 256 bytes", first(func(r *discovery.DeltaDiscoveryRequest) { r.Node.Id = strings.Repeat("x", 257) })},
		{"clusters", "not type.googleapis.com/envoy.config.cluster.v3.Cluster", first(func(r *discovery.DeltaDiscoveryRequest) {
			r.TypeUrl = "type.googleapis.com/envoy.config.cluster.v3.Cluster"
		})},
		{"everything", "ask for gateway-responses/GATEWAY", first(func(r *discovery.DeltaDiscoveryRequest) { r.ResourceNamesSubscribe = nil })},
		{"a star", `there is no resource "*"`, first(func(r *discovery.DeltaDiscoveryRequest) { r.ResourceNamesSubscribe = []string{"*"} })},
		{
			"another adapter", `there is no resource "gateway-responses/default/modul"; ask for gateway-responses/GATEWAY, or for the dynamic module gateway-responses/GATEWAY/module`,
			first(func(r *discovery.DeltaDiscoveryRequest) {
				r.ResourceNamesSubscribe = []string{"gateway-responses/default/modul"}
			}),
		},
		{"too much", "may ask for 64 resources", first(func(r *discovery.DeltaDiscoveryRequest) { r.ResourceNamesSubscribe = make([]string, 65) })},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if err := tc.ask(t); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
	t.Run("too many streams", func(t *testing.T) {
		for range 3 {
			subscribe(t, open(t, connection), "edge-1", "").receive()
		}
		_, err := open(t, connection).Recv()
		if err == nil || !strings.Contains(err.Error(), "the server has 3 streams") {
			t.Errorf("got %v", err)
		}
	})
}

// TestSourceFails has the source fail at first, and later: nodes keep what they have and get what is new when it is back.
func TestSourceFails(t *testing.T) {
	source := delivertest.NewSource(delivertest.Gateway("default", 1))
	source.Fail(errors.New("the database is gone"))
	server := New(Options{Source: source, Watcher: delivertest.NewWatcher()})
	if err := server.Ready(); err == nil {
		t.Error("a server is ready that knows nothing")
	}
	address, _ := serve(t, Options{Source: source, Watcher: delivertest.NewWatcher()})
	p := subscribe(t, open(t, dial(t, address, nil)), "edge-1", "")
	source.Recover()
	p.receive()
	p.accept()
	source.Fail(errors.New("the database is gone"))
	source.Set(delivertest.Gateway("default", 2))
	source.Fail(nil)
	if got := filter.Revision(p.receive()); got != 2 {
		t.Errorf("revision %d, want 2", got)
	}
}
