// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"sync/atomic"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"github.com/envoyproxy/go-control-plane/pkg/resource/v3"
	"github.com/envoyproxy/go-control-plane/pkg/server/delta/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// errNotDelta is what clients of state-of-the-world xDS are told.
var errNotDelta = status.Error(codes.Unimplemented, "this server speaks delta xDS alone; set api_type to DELTA_GRPC, or to AGGREGATED_DELTA_GRPC for ADS")

// extensionService is ECDS.
type extensionService struct {
	extension.UnimplementedExtensionConfigDiscoveryServiceServer
	streams delta.Server
}

// DeltaExtensionConfigs serves a stream of delta ECDS.
func (s extensionService) DeltaExtensionConfigs(stream extension.ExtensionConfigDiscoveryService_DeltaExtensionConfigsServer) error {
	return s.streams.DeltaStreamHandler(stream, resource.ExtensionConfigType)
}

// StreamExtensionConfigs refuses.
func (extensionService) StreamExtensionConfigs(extension.ExtensionConfigDiscoveryService_StreamExtensionConfigsServer) error {
	return errNotDelta
}

// FetchExtensionConfigs refuses.
func (extensionService) FetchExtensionConfigs(context.Context, *discovery.DiscoveryRequest) (*discovery.DiscoveryResponse, error) {
	return nil, errNotDelta
}

// aggregatedService is ADS.
type aggregatedService struct {
	discovery.UnimplementedAggregatedDiscoveryServiceServer
	streams delta.Server
}

// DeltaAggregatedResources serves a stream of delta ADS.
func (s aggregatedService) DeltaAggregatedResources(stream discovery.AggregatedDiscoveryService_DeltaAggregatedResourcesServer) error {
	return s.streams.DeltaStreamHandler(stream, resource.AnyType)
}

// StreamAggregatedResources refuses.
func (aggregatedService) StreamAggregatedResources(discovery.AggregatedDiscoveryService_StreamAggregatedResourcesServer) error {
	return errNotDelta
}

// admission lets in a number of streams, and makes their clients known.
func admission(limit int, grants []Grant) grpc.StreamServerInterceptor {
	var open atomic.Int64
	return func(service any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
		defer open.Add(-1)
		if open.Add(1) > int64(limit) {
			return status.Errorf(codes.ResourceExhausted, "the server has %d streams, which is all that it may have", limit)
		}
		return handle(service, admitted{stream, withClient(stream.Context(), grants)})
	}
}

// admitted is a stream whose client is known.
type admitted struct {
	grpc.ServerStream
	ctx context.Context
}

// Context is the context of the stream.
func (a admitted) Context() context.Context { return a.ctx }
