// SPDX-License-Identifier: Apache-2.0

package gwrd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"gatewayresponses/bench/load"
	"gatewayresponses/internal/emit/envoy"
)

// perConnection is how many streams share a connection.
const perConnection = 50

// ServeNodes is many nodes that are no Envoys: each has a stream on which it gets the filter of the gateway "default", and takes all that it
// gets. When each has got something, ServeNodes writes the line load.Ready; it ends with its input. A stream that breaks is an error.
func ServeNodes(address string, count int, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	var waiting sync.WaitGroup
	waiting.Add(count)
	var connection *grpc.ClientConn
	for i := range count {
		if i%perConnection == 0 {
			var err error
			if connection, err = grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials())); err != nil {
				return err
			}
			defer connection.Close()
		}
		go func(connection *grpc.ClientConn) {
			cancel(fmt.Errorf("node %d: %w", i, take(ctx, connection, fmt.Sprintf("other-%d", i), sync.OnceFunc(waiting.Done))))
		}(connection)
	}
	go func() {
		waiting.Wait()
		if _, err := fmt.Fprintln(out, load.Ready); err != nil {
			cancel(err)
		}
	}()
	go func() {
		_, err := io.Copy(io.Discard, in)
		cancel(err)
	}()
	<-ctx.Done()
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// take takes what is delivered to a node, until the stream ends, and says why it did. got is called with each.
func take(ctx context.Context, connection *grpc.ClientConn, id string, got func()) error {
	stream, err := extension.NewExtensionConfigDiscoveryServiceClient(connection).DeltaExtensionConfigs(ctx)
	if err != nil {
		return err
	}
	request := &discovery.DeltaDiscoveryRequest{Node: &core.Node{Id: id, Cluster: "others"}, ResourceNamesSubscribe: []string{envoy.ResourceName("default")}}
	for {
		if err := stream.Send(request); err != nil {
			return err
		}
		response, err := stream.Recv()
		if err != nil {
			return err
		}
		got()
		request = &discovery.DeltaDiscoveryRequest{ResponseNonce: response.GetNonce()}
	}
}
