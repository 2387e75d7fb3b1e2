// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/deliver/filter"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/emit/envoy"
)

const (
	// changes is how many changes are timed, streams how many other streams the server has then, and perConnection how many of
	// them share a connection.
	changes, streams, perConnection = 100, 1000, 50
	// slowest bounds the time of a change, on a machine that is busy with other tests.
	slowest = 10 * time.Second
)

// TestLatency times changes: from when the source says that there is something new to the first reply that shows it.
func TestLatency(t *testing.T) {
	address, source := gwrdtest.FreeAddress(t), newFleet(nil)
	serve(t, address, xds.Options{Source: source, Watcher: delivertest.NewWatcher()})
	p := startEnvoy(t, "edge-1", address)
	awaitReply(t, p, "revision 1")
	revision := int64(1)
	measure := func(what string) {
		timed(t, what, p, changes, 0, func() (want string) {
			revision++
			source.put(says(revision))
			return fmt.Sprintf("revision %d", revision)
		})
	}
	measure("from a change, alone")
	others := startOthers(t, address)
	measure(fmt.Sprintf("from a change, with %d other streams", streams))
	envoytest.Eventually(t, "all other nodes have the last revision", func() bool { return others.behind(revision) == 0 })
}

// timed makes changes, some time apart, and logs how long it takes from when each begins to the first reply that it wants.
func timed(t *testing.T, what string, p *envoytest.Proxy, count int, apart time.Duration, change func() (want string)) {
	t.Helper()
	took := make([]time.Duration, count)
	for i := range took {
		begun := time.Now()
		want := change()
		for reply(t, p) != want {
			if time.Since(begun) > slowest {
				t.Fatalf("%s: %q is not there after %s", what, want, slowest)
			}
		}
		took[i] = time.Since(begun)
		time.Sleep(apart - took[i])
	}
	slices.Sort(took)
	t.Logf("%s, to the first new reply, %d times: median %s, p99 %s", what, count, took[count/2], took[count*99/100])
}

// others are nodes that are no Envoys: they take all that they get.
type others struct{ has [streams]atomic.Int64 }

// behind is how many do not have a revision yet.
func (o *others) behind(revision int64) (count int) {
	for i := range o.has {
		if o.has[i].Load() != revision {
			count++
		}
	}
	return count
}

// startOthers connects nodes to a server until the test ends, and waits until each has a document.
func startOthers(t *testing.T, address string) *others {
	t.Helper()
	o := &others{}
	var connection *grpc.ClientConn
	for i := range o.has {
		if i%perConnection == 0 {
			var err error
			if connection, err = grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials())); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = connection.Close() })
		}
		stream, err := extension.NewExtensionConfigDiscoveryServiceClient(connection).DeltaExtensionConfigs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		request := &discovery.DeltaDiscoveryRequest{
			Node: &core.Node{Id: fmt.Sprintf("other-%d", i)}, ResourceNamesSubscribe: []string{envoy.ResourceName("default")},
		}
		if err := stream.Send(request); err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				response, err := stream.Recv()
				if err != nil || stream.Send(&discovery.DeltaDiscoveryRequest{ResponseNonce: response.GetNonce()}) != nil {
					return
				}
				o.has[i].Store(filter.Revision(response.GetResources()[0].GetVersion()))
			}
		}()
	}
	envoytest.Eventually(t, "all other nodes have a document", func() bool { return o.behind(0) == streams })
	return o
}
