// SPDX-License-Identifier: Apache-2.0

package delivertest

import (
	"context"
	"sync"
	"testing"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"gatewayresponses/internal/emit/envoy"
)

// typeURL is what nodes ask for.
const typeURL = "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig"

// Connect is an Envoy as far as delivery goes: a node that asks a server for the filter of a gateway, and takes each that it gets, or
// refuses it with the error that answer gives. answer gets the filter as it is on the wire, and may take its time. The node goes with
// the test, or when leave is called.
func Connect(t testing.TB, address, gateway, id string, answer func(filter []byte) error) (leave func()) {
	t.Helper()
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(8<<20)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := ask(ctx, connection, gateway, id, answer); ctx.Err() == nil {
			t.Errorf("node %s: %v", id, err)
		}
	})
	leave = sync.OnceFunc(func() {
		cancel()
		running.Wait()
		_ = connection.Close()
	})
	t.Cleanup(leave)
	return leave
}

// ask asks for a filter, and answers to what comes, until the context ends.
func ask(ctx context.Context, connection *grpc.ClientConn, gateway, id string, answer func([]byte) error) error {
	stream, err := extension.NewExtensionConfigDiscoveryServiceClient(connection).DeltaExtensionConfigs(ctx)
	if err != nil {
		return err
	}
	next := &discovery.DeltaDiscoveryRequest{Node: &core.Node{Id: id, Cluster: "test"}, TypeUrl: typeURL, ResourceNamesSubscribe: []string{envoy.ResourceName(gateway)}}
	for {
		if err := stream.Send(next); err != nil {
			return err
		}
		got, err := stream.Recv()
		if err != nil {
			return err
		}
		next = &discovery.DeltaDiscoveryRequest{TypeUrl: typeURL, ResponseNonce: got.GetNonce()}
		for _, resource := range got.GetResources() {
			if err := answer(resource.GetResource().GetValue()); err != nil {
				next.ErrorDetail = status.New(codes.Internal, err.Error()).Proto()
			}
		}
	}
}
