// SPDX-License-Identifier: Apache-2.0

package xds

import (
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto" // the codec that is wrapped
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// sharing is the codec of gRPC, but for responses of delta streams: the filters in them are not copied. So a document of 1 MiB that
// goes to 1,000 nodes at once is in memory once, also while some of them are slow to read it.
type sharing struct{ encoding.CodecV2 }

func newSharing() sharing { return sharing{encoding.GetCodecV2("proto")} }

// The numbers of fields that hold what is shared.
const (
	responseResources = 2
	resourceResource  = 2
	anyTypeURL        = 1
	anyValue          = 2
)

// Marshal writes a message.
func (s sharing) Marshal(message any) (mem.BufferSlice, error) {
	response, ok := message.(*discovery.DeltaDiscoveryResponse)
	if !ok {
		return s.CodecV2.Marshal(message)
	}
	text, err := proto.Marshal(&discovery.DeltaDiscoveryResponse{
		TypeUrl: response.GetTypeUrl(), Nonce: response.GetNonce(), // an answer has no more
	})
	if err != nil {
		return nil, err
	}
	var parts mem.BufferSlice
	for _, r := range response.GetResources() {
		begin, err := beginResource(r)
		if err != nil {
			return nil, err
		}
		parts = append(parts, mem.SliceBuffer(append(text, begin...)), mem.SliceBuffer(r.GetResource().GetValue()))
		text = nil
	}
	if text != nil {
		parts = append(parts, mem.SliceBuffer(text))
	}
	return parts, nil
}

// beginResource is the field of a response with a resource, up to the value in it, which ends it.
func beginResource(r *discovery.Resource) ([]byte, error) {
	packed := r.GetResource()
	value := len(packed.GetValue())
	begin := protowire.AppendTag(nil, anyTypeURL, protowire.BytesType)
	begin = protowire.AppendString(begin, packed.GetTypeUrl())
	begin = protowire.AppendTag(begin, anyValue, protowire.BytesType)
	begin = protowire.AppendVarint(begin, uint64(value))

	resource, err := proto.Marshal(&discovery.Resource{Name: r.GetName(), Version: r.GetVersion()})
	if err != nil {
		return nil, err
	}
	resource = protowire.AppendTag(resource, resourceResource, protowire.BytesType)
	resource = protowire.AppendVarint(resource, uint64(len(begin)+value))
	resource = append(resource, begin...)

	field := protowire.AppendTag(nil, responseResources, protowire.BytesType)
	field = protowire.AppendVarint(field, uint64(len(resource)+value))
	return append(field, resource...), nil
}
