// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"net"
	"sync"
	"testing"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"gatewayresponses/internal/emit/envoy"
)

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
