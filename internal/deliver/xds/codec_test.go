// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"bytes"
	"fmt"
	"testing"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// TestSharing: the codec writes what others read, and the values in it are those that it was given.
func TestSharing(t *testing.T) {
	value := bytes.Repeat([]byte("x"), 1<<20)
	for resources := range 3 {
		response := &discovery.DeltaDiscoveryResponse{TypeUrl: "type.googleapis.com/x", Nonce: "7"}
		for i := range resources {
			response.Resources = append(response.Resources, &discovery.Resource{
				Name: fmt.Sprint("gateway-responses/", i), Version: "1-a", Resource: &anypb.Any{TypeUrl: "type.googleapis.com/y", Value: value},
			})
		}
		parts, err := newSharing().Marshal(response)
		if err != nil {
			t.Fatal(err)
		}
		shared := 0
		for _, part := range parts {
			if text := part.ReadOnlyData(); len(text) == len(value) && &text[0] == &value[0] {
				shared++
			}
		}
		if shared != resources {
			t.Errorf("%d of %d values are shared", shared, resources)
		}
		read := &discovery.DeltaDiscoveryResponse{}
		if err := proto.Unmarshal(parts.Materialize(), read); err != nil {
			t.Fatal(err)
		}
		if !proto.Equal(response, read) {
			t.Errorf("%d resources are read as %d, or otherwise than they were written", resources, len(read.GetResources()))
		}
	}
}
