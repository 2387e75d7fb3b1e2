// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/deliver/filter"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/waittest"
)

// TestNobodyWaits has clients that do not read and a watcher that does not return, and changes large documents: others get theirs.
func TestNobodyWaits(t *testing.T) {
	large := func(revision int64) deliver.Fleet {
		f := delivertest.Gateway("default", revision)
		f.Stable.Text = fmt.Appendf(nil, `{"revision":%d,"x":%q}`, revision, strings.Repeat("x", 1<<20))
		return f
	}
	source := delivertest.NewSource(large(1))
	address, stop := serve(t, Options{Source: source, Watcher: stuck{}})
	const deaf = 100
	before := heap()
	for i := range deaf {
		subscribe(t, open(t, dial(t, address, nil)), fmt.Sprintf("deaf-%d", i), "")
	}
	p := subscribe(t, open(t, dial(t, address, nil)), "edge-1", "")
	p.receive()
	for revision := int64(2); revision < 30; revision++ {
		p.accept()
		begun := time.Now()
		source.Set(large(revision))
		if got := filter.Revision(p.receive()); got != revision {
			t.Fatalf("received revision %d, want %d", got, revision)
		}
		if took := time.Since(begun); took > waittest.Soon/4 {
			t.Errorf("revision %d took %s", revision, took)
		}
	}
	if grown := heap() - before; grown > deaf<<20/2 {
		t.Errorf("with %d clients that do not read a document of 1 MiB the heap has grown by %d bytes", deaf, grown)
	} else {
		t.Logf("with %d clients that do not read a document of 1 MiB the heap has grown by %d bytes", deaf, grown)
	}
	begun := time.Now()
	stop()
	if took := time.Since(begun); took > stopTimeout+waittest.Soon/2 {
		t.Errorf("the server took %s to stop", took)
	}
}

// stuck is a watcher whose store is gone.
type stuck struct{}

func (stuck) Saw(ctx context.Context, _ deliver.Node) { <-ctx.Done() }

// TestLargeRequests has nodes that say as much as a message holds: nothing of it is kept while their streams are open.
func TestLargeRequests(t *testing.T) {
	const nodes = 20
	address, _ := serve(t, Options{Source: delivertest.NewSource(delivertest.Gateway("default", 1)), Watcher: ignorant{}})
	large := strings.Repeat("x", 8<<20)
	before := heap()
	for i := range nodes {
		request := firstRequest(fmt.Sprintf("node-%d", i))
		name := request.GetResourceNamesSubscribe()[0]
		request.InitialResourceVersions = map[string]string{name: large[:4<<20], "other": large[:4<<20]}
		stream := open(t, dial(t, address, nil))
		p := &subscriber{t: t, stream: stream}
		if err := stream.Send(request); err != nil {
			t.Fatal(err)
		}
		p.receive()
		p.refuse(large)
		if err := stream.Send(&discovery.DeltaDiscoveryRequest{ResourceNamesUnsubscribe: []string{large}}); err != nil {
			t.Fatal(err)
		}
	}
	waittest.Until(t, "the heap is as it was, but for a megabyte a node", func() bool { return heap() < before+nodes<<20 })

	stream := open(t, dial(t, address, nil))
	request := firstRequest("node")
	request.ResourceNamesSubscribe = []string{envoy.ResourceName(large)}
	if err := stream.Send(request); err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); status.Code(err) != codes.InvalidArgument || len(err.Error()) > 1000 {
		t.Errorf("a name of 8 MiB: %.1000v, want InvalidArgument", err)
	}
}

// TestComeAndGo has 10,000 nodes come and go: nothing is left of them, and all were reported as lost.
func TestComeAndGo(t *testing.T) {
	const rounds, each = 20, 500
	source := delivertest.NewSource(delivertest.Gateway("default", 1))
	server := New(Options{Source: source, Watcher: ignorant{}})
	address, _ := run(t, server)
	connection := extension.NewExtensionConfigDiscoveryServiceClient(dial(t, address, nil))
	round := func(n int) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		slots := make(chan error, streamsPerConnection/2)
		for i := range each {
			go func() {
				stream, err := connection.DeltaExtensionConfigs(ctx)
				if err == nil {
					err = stream.Send(firstRequest(fmt.Sprintf("node-%d-%d", n, i)))
				}
				if err == nil {
					_, err = stream.Recv()
				}
				if err == nil {
					err = stream.CloseSend()
				}
				slots <- err
			}()
		}
		for range each {
			if err := <-slots; err != nil {
				t.Fatal(err)
			}
		}
	}
	empty := func() bool {
		server.hub.mu.Lock()
		defer server.hub.mu.Unlock()
		h := server.hub
		return len(h.streams)+len(h.watches)+len(h.nodes)+len(h.unreported)+len(h.counters) == 0
	}
	var first uint64
	for n := range rounds {
		round(n)
		waittest.Until(t, "nothing is left of the nodes", empty)
		if n == 1 {
			first = heap()
		}
	}
	if last := heap(); last > first+4<<20 {
		t.Errorf("%d nodes later the heap has grown from %d to %d bytes", (rounds-2)*each, first, last)
	} else {
		t.Logf("heap after %d nodes %d bytes, after %d nodes %d bytes", 2*each, first, rounds*each, last)
	}
}

// ignorant is a watcher that remembers nothing.
type ignorant struct{}

func (ignorant) Saw(context.Context, deliver.Node) {}

// heap is how much memory is in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// asWasm is the wasm filter of gateway "default".
var asWasm = envoy.Resource{Gateway: "default", Adapter: ability.Wasm}

// TestReminders: a node of which nothing is new is reported again and again.
func TestReminders(t *testing.T) {
	now := time.Unix(0, 0)
	h := newHub("", func() time.Time { return now })
	f, err := prepare(delivertest.Gateway("default", 1), nil)
	if err != nil {
		t.Fatal(err)
	}
	h.set(map[string]*fleet{"default": f})
	h.join(&stream{node: deliver.Node{ID: "edge-1"}}, asWasm, f.stable[ability.Wasm].GetVersion())
	if got := len(h.takeReports()); got != 1 {
		t.Fatalf("%d reports when the node came, want 1", got)
	}
	for range 3 {
		now = now.Add(reportInterval - 1)
		if h.remind(); len(h.takeReports()) != 0 {
			t.Error("reported too soon")
		}
		now = now.Add(1)
		if h.remind(); len(h.takeReports()) != 1 {
			t.Error("not reported again")
		}
	}
}

// TestUnreported: what waits for a watcher is bounded.
func TestUnreported(t *testing.T) {
	h := newHub("", time.Now)
	f, err := prepare(delivertest.Gateway("default", 1), nil)
	if err != nil {
		t.Fatal(err)
	}
	h.set(map[string]*fleet{"default": f})
	for i := range maxUnreported + 10 {
		s := &stream{id: int64(i), node: deliver.Node{ID: fmt.Sprint(i)}}
		h.join(s, asWasm, "")
		h.leave(s, asWasm)
	}
	if got := len(h.takeReports()); got != maxUnreported {
		t.Errorf("%d reports wait, want %d", got, maxUnreported)
	}
}

// FuzzReadable: what others are shown is short, UTF-8 and printable.
func FuzzReadable(f *testing.F) {
	f.Add("wasm: \x00\xff\u20ac\n", 9)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		if limit < 0 || limit > 1<<20 {
			return
		}
		got := readable(text, limit)
		if strings.ToValidUTF8(got, "") != got || strings.ContainsAny(got, "\x00\x1b\r") {
			t.Errorf("readable(%q, %d) = %q", text, limit, got)
		}
		if strings.ToValidUTF8(text, "") == text && len(got) > limit {
			t.Errorf("readable(%q, %d) has %d bytes", text, limit, len(got))
		}
	})
}
