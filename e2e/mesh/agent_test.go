// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	hcm "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/proto"

	"istio.io/istio/pkg/model"
	"istio.io/istio/pkg/wasm"
)

// agent stands between an Envoy and istiod, where Istio's agent does. As that does, it fetches filters and hands them to Envoy as
// files; unlike it, it takes out the filters that only Istio's build of Envoy has.
type agent struct {
	discovery.UnimplementedAggregatedDiscoveryServiceServer

	istiod *grpc.ClientConn
	cache  wasm.Cache

	mu sync.Mutex
	// refused are the reasons for which Envoy did not take something.
	refused []string
}

// startAgent starts an agent and returns the port that Envoy asks.
func startAgent(t *testing.T, istiod string, cache wasm.Cache) (*agent, int) {
	t.Helper()
	connection, err := grpc.NewClient(istiod, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	a := &agent{istiod: connection, cache: cache}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	discovery.RegisterAggregatedDiscoveryServiceServer(server, a)
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	t.Cleanup(func() {
		server.Stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		_ = connection.Close()
	})
	return a, l.Addr().(*net.TCPAddr).Port
}

// StreamAggregatedResources passes on what Envoy asks and what istiod answers.
func (a *agent) StreamAggregatedResources(envoy discovery.AggregatedDiscoveryService_StreamAggregatedResourcesServer) error {
	istiod, err := discovery.NewAggregatedDiscoveryServiceClient(a.istiod).StreamAggregatedResources(envoy.Context())
	if err != nil {
		return err
	}
	go func() {
		for {
			request, err := envoy.Recv()
			if err != nil || istiod.Send(request) != nil {
				_ = istiod.CloseSend()
				return
			}
			a.note(request)
		}
	}()
	for {
		response, err := istiod.Recv()
		if err != nil {
			return err
		}
		if err := a.adapt(response); err != nil {
			return err
		}
		if err := envoy.Send(response); err != nil {
			return err
		}
	}
}

// note remembers why Envoy refused something.
func (a *agent) note(request *discovery.DiscoveryRequest) {
	if request.GetErrorDetail() == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.refused = append(a.refused, request.GetErrorDetail().GetMessage())
}

// refusals are the reasons for which Envoy did not take something.
func (a *agent) refusals() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.refused)
}

// adapt does to a response what agents do.
func (a *agent) adapt(response *discovery.DiscoveryResponse) error {
	switch response.GetTypeUrl() {
	case model.ExtensionConfigurationType:
		return wasm.MaybeConvertWasmExtensionConfig(response.GetResources(), a.cache)
	case model.ListenerType:
		return change(response, listenerOfPublishedEnvoy)
	case model.ClusterType:
		return change(response, clusterOfPublishedEnvoy)
	}
	return nil
}

// change changes each resource of a response.
func change[M any, P interface {
	*M
	proto.Message
}](response *discovery.DiscoveryResponse, do func(P) error) error {
	for _, resource := range response.GetResources() {
		message := P(new(M))
		if err := resource.UnmarshalTo(message); err != nil {
			return err
		}
		if err := do(message); err != nil {
			return err
		}
		if err := resource.MarshalFrom(message); err != nil {
			return err
		}
	}
	return nil
}

// listenerOfPublishedEnvoy takes the filters out of a listener that Envoy as it is published does not have.
func listenerOfPublishedEnvoy(l *listener.Listener) error {
	for _, chain := range append(l.GetFilterChains(), l.GetDefaultFilterChain()) {
		if chain == nil {
			continue
		}
		chain.Filters = slices.DeleteFunc(chain.GetFilters(), func(f *listener.Filter) bool { return isOfIstio(f.GetName()) })
		for _, filter := range chain.GetFilters() {
			if !filter.GetTypedConfig().MessageIs(&hcm.HttpConnectionManager{}) {
				continue
			}
			var manager hcm.HttpConnectionManager
			if err := filter.GetTypedConfig().UnmarshalTo(&manager); err != nil {
				return err
			}
			manager.HttpFilters = slices.DeleteFunc(manager.GetHttpFilters(), func(f *hcm.HttpFilter) bool { return isOfIstio(f.GetName()) })
			if err := filter.GetTypedConfig().MarshalFrom(&manager); err != nil {
				return err
			}
		}
	}
	return nil
}

// clusterOfPublishedEnvoy takes the same out of a cluster.
func clusterOfPublishedEnvoy(c *cluster.Cluster) error {
	c.Filters = slices.DeleteFunc(c.GetFilters(), func(f *cluster.Filter) bool { return isOfIstio(f.GetName()) })
	return nil
}

// isOfIstio reports whether a filter is in Istio's build of Envoy alone: the exchange of metadata between proxies, in HTTP and in
// TCP, and ALPN between them. None makes replies.
func isOfIstio(name string) bool { return strings.HasPrefix(name, "istio.") }
