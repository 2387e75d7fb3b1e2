// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/waittest"
)

// moduleOf is the name of a gateway's filter as a dynamic module.
func moduleOf(gateway string) string {
	return envoy.Resource{Gateway: gateway, Adapter: ability.Module}.Name()
}

// kinds are the messages in a response, by the names of the resources.
func kinds(t *testing.T, response *discovery.DeltaDiscoveryResponse) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, r := range response.GetResources() {
		extension := &core.TypedExtensionConfig{}
		if err := r.GetResource().UnmarshalTo(extension); err != nil {
			t.Fatal(err)
		}
		if extension.GetName() != r.GetName() {
			t.Errorf("the resource %s has the name %s in it", r.GetName(), extension.GetName())
		}
		found[r.GetName()] = strings.TrimPrefix(extension.GetTypedConfig().GetTypeUrl(), "type.googleapis.com/")
	}
	return found
}

// TestBothAdapters has an Envoy that goes from one adapter to the other: it asks for the filter as each of them, and is shown as two nodes.
func TestBothAdapters(t *testing.T) {
	source, seen := delivertest.NewSource(delivertest.Gateway("default", 1)), delivertest.NewWatcher()
	address, _ := serve(t, Options{Source: source, Watcher: seen})
	stream := open(t, dial(t, address, nil))
	request := firstRequest("edge-1")
	request.ResourceNamesSubscribe = append(request.ResourceNamesSubscribe, moduleOf("default"))
	if err := stream.Send(request); err != nil {
		t.Fatal(err)
	}
	response, err := stream.Recv()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"gateway-responses/default": envoy.WasmFilter, "gateway-responses/default/module": envoy.ModuleFilter}
	if diff := cmp.Diff(want, kinds(t, response)); diff != "" {
		t.Fatalf("want, got:\n%s", diff)
	}
	p := &subscriber{t: t, stream: stream, nonce: response.GetNonce()}
	p.accept()
	// Reports of the two come in any order.
	await := func(by ability.Adapter, state deliver.State, running int64) {
		t.Helper()
		waittest.Until(t, fmt.Sprintf("the %s is %s with revision %d", by, state, running), func() bool {
			return slices.ContainsFunc(seen.Of("edge-1"), func(n deliver.Node) bool { return n.Adapter == by && n.State == state && n.Running == running })
		})
	}
	await(ability.Wasm, deliver.Acknowledged, 1)
	await(ability.Module, deliver.Acknowledged, 1)

	moved := delivertest.Gateway("default", 1)
	moved.Plugin.File = "/elsewhere/plugin.wasm"
	source.Set(moved)
	if response, err = stream.Recv(); err != nil {
		t.Fatal(err)
	}
	delete(want, moduleOf("default"))
	if diff := cmp.Diff(want, kinds(t, response)); diff != "" {
		t.Errorf("when plugin.wasm is elsewhere, want, got:\n%s", diff)
	}
	p.nonce = response.GetNonce()
	p.accept()

	if err := stream.Send(&discovery.DeltaDiscoveryRequest{ResourceNamesUnsubscribe: []string{"gateway-responses/default"}}); err != nil {
		t.Fatal(err)
	}
	await(ability.Wasm, deliver.Lost, 1)
	source.Set(delivertest.Gateway("default", 2))
	if response, err = stream.Recv(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{moduleOf("default"): envoy.ModuleFilter}, kinds(t, response)); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
	p.nonce = response.GetNonce()
	p.accept()
	await(ability.Module, deliver.Acknowledged, 2)
}
