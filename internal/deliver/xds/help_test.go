// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
)

// soon is how long anything may take that follows something else.
const soon = 20 * time.Second

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(soon); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s in vain until %s", soon, what)
		}
	}
}

// buffer is a log that is read while it grows.
type buffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// fleets is a source whose fleets a test sets.
type fleets struct {
	mu      sync.Mutex
	now     map[string]deliver.Fleet
	err     error
	changed chan struct{}
}

func newFleets(given ...deliver.Fleet) *fleets {
	f := &fleets{now: map[string]deliver.Fleet{}, changed: make(chan struct{}, 1)}
	f.set(given...)
	return f
}

func (f *fleets) Fleets(context.Context) ([]deliver.Fleet, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Collect(maps.Values(f.now)), f.err
}

func (f *fleets) Changed(context.Context) <-chan struct{} { return f.changed }

func (f *fleets) set(given ...deliver.Fleet) {
	f.mu.Lock()
	for _, fleet := range given {
		f.now[fleet.Gateway] = fleet
	}
	f.mu.Unlock()
	f.wake()
}

func (f *fleets) fail(err error) {
	f.mu.Lock()
	f.err = err
	f.mu.Unlock()
	f.wake()
}

func (f *fleets) wake() {
	select {
	case f.changed <- struct{}{}:
	default:
	}
}

// document is a revision.
func document(revision int64, text string) deliver.Document {
	sum := sha256.Sum256([]byte(text))
	return deliver.Document{Revision: revision, Text: []byte(text), Hash: hex.EncodeToString(sum[:])}
}

// gateway is a fleet without a rollout.
func gateway(name string, revision int64) deliver.Fleet {
	return deliver.Fleet{Gateway: name, Stable: document(revision, fmt.Sprintf(`{"revision":%d}`, revision))}
}

// nodes is a watcher that remembers what it saw last of each node.
type nodes struct {
	mu   sync.Mutex
	last map[string]deliver.Node
	seen int
}

func newNodes() *nodes { return &nodes{last: map[string]deliver.Node{}} }

func (n *nodes) Saw(_ context.Context, node deliver.Node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last[node.Gateway+" "+node.ID] = node
	n.seen++
}

// await waits until a node of gateway "default" is as wanted.
func (n *nodes) await(t *testing.T, id, what string, holds func(deliver.Node) bool) (node deliver.Node) {
	t.Helper()
	eventually(t, fmt.Sprintf("node %s is %s", id, what), func() bool {
		n.mu.Lock()
		defer n.mu.Unlock()
		node = n.last["default "+id]
		return holds(node)
	})
	return node
}

// awaitState waits until a node has a state with a revision that it should run and one that it runs.
func (n *nodes) awaitState(t *testing.T, id string, state deliver.State, wanted, running int64) deliver.Node {
	t.Helper()
	return n.await(t, id, fmt.Sprintf("%s, wanted %d, running %d", state, wanted, running), func(node deliver.Node) bool {
		return node.State == state && node.Wanted == wanted && node.Running == running
	})
}

// serve makes a server and runs it until the test ends, or until stop.
func serve(t *testing.T, o Options) (address string, stop func()) {
	t.Helper()
	return run(t, New(o))
}

// run is serve for a server that is there.
func run(t *testing.T, s *Server) (address string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return l.Addr().String(), stop
}

// dial connects to a server, without TLS unless there are credentials.
func dial(t *testing.T, address string, creds credentials.TransportCredentials) *grpc.ClientConn {
	t.Helper()
	if creds == nil {
		creds = insecure.NewCredentials()
	}
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(creds), grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(8<<20)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return connection
}

// deltaStream is a stream of ECDS or ADS, as its client has it.
type deltaStream interface {
	Send(*discovery.DeltaDiscoveryRequest) error
	Recv() (*discovery.DeltaDiscoveryResponse, error)
}

// subscriber is a client that asks for one gateway.
type subscriber struct {
	t      *testing.T
	stream deltaStream
	nonce  string
}

// open begins a stream of ECDS.
func open(t *testing.T, connection *grpc.ClientConn) deltaStream {
	t.Helper()
	stream, err := extension.NewExtensionConfigDiscoveryServiceClient(connection).DeltaExtensionConfigs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stream
}

// subscribe asks for gateway "default" as the node of an id. has is the version that it has, "" for none.
func subscribe(t *testing.T, stream deltaStream, id, has string) *subscriber {
	t.Helper()
	request := firstRequest(id)
	if has != "" {
		request.InitialResourceVersions = map[string]string{envoy.ResourceName("default"): has}
	}
	if err := stream.Send(request); err != nil {
		t.Fatal(err)
	}
	return &subscriber{t: t, stream: stream}
}

// firstRequest is what a node asks first.
func firstRequest(id string) *discovery.DeltaDiscoveryRequest {
	return &discovery.DeltaDiscoveryRequest{
		Node:                   &core.Node{Id: id, Cluster: "edge"},
		TypeUrl:                "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig",
		ResourceNamesSubscribe: []string{envoy.ResourceName("default")},
	}
}

// receive waits for the next resource, and gives its version.
func (p *subscriber) receive() string {
	p.t.Helper()
	response, err := p.stream.Recv()
	if err != nil {
		p.t.Fatal(err)
	}
	p.nonce = response.GetNonce()
	if n := len(response.GetResources()); n != 1 || len(response.GetRemovedResources()) != 0 {
		p.t.Fatalf("%d resources in %s, want one", n, response)
	}
	return response.GetResources()[0].GetVersion()
}

// accept takes what was received, refuse does not.
func (p *subscriber) accept() { p.answer(nil) }

func (p *subscriber) refuse(why string) { p.answer(status.New(codes.Internal, why)) }

func (p *subscriber) answer(why *status.Status) {
	p.t.Helper()
	request := &discovery.DeltaDiscoveryRequest{ResponseNonce: p.nonce, ErrorDetail: why.Proto()}
	request.TypeUrl = "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig"
	if err := p.stream.Send(request); err != nil {
		p.t.Fatal(err)
	}
}
