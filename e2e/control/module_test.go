// SPDX-License-Identifier: Apache-2.0

//go:build control && module

package control

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/emit/envoy"
)

// findModule lets Envoys find the dynamic module in dist.
func findModule(t *testing.T) {
	t.Helper()
	folder := filepath.Dir(envoytest.PluginPath)
	if _, err := os.Stat(filepath.Join(folder, "lib"+envoy.ModuleName+".so")); err != nil {
		t.Fatalf("%v; run make module", err)
	}
	t.Setenv(envoy.SearchPathVariable, folder)
}

// asModule has an Envoy run the filter as a dynamic module.
func asModule(o *envoy.Options) {
	o.Wasm, o.Module, o.Name = "", true, envoy.Resource{Gateway: "default", Adapter: ability.Module}.Name()
}

// TestModuleDeployed is the whole way with the dynamic module: AWS's SDK deploys with a gwrd, and an Envoy, whose configuration comes from
// gwr emit envoy --from, answers so. The server knows what it runs and counts, beside an Envoy of the gateway with the wasm filter.
func TestModuleDeployed(t *testing.T) {
	findModule(t)
	g := gwrdtest.New(t)
	g.Start(t, "--dev", "--plugin-file", envoytest.PluginPath)
	deploy := deployer(t, g)
	deploy("deployed before")
	time.Sleep(apart) // the first deployments share a revision
	module := envoytest.StartConfig(t, g.Emitted(t, "--adapter", "module", "--node", "edge-module"))
	wasm := envoytest.StartConfig(t, g.Emitted(t, "--node", "edge-wasm"))
	if got := reply(t, module); got != "deployed before" {
		t.Errorf("an Envoy that starts replies %q, want what was deployed", got)
	}
	deploy("deployed again")
	awaitReply(t, module, "deployed again")
	awaitReply(t, wasm, "deployed again")
	awaitNodes(t, g, map[string]ability.Adapter{"edge-module": ability.Module, "edge-wasm": ability.Wasm})
}

// awaitNodes waits until all nodes run what they should, by the adapters that are given by their ids, and count.
func awaitNodes(t *testing.T, g *gwrdtest.Server, want map[string]ability.Adapter) {
	t.Helper()
	var text []byte
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the nodes are %s", text)
		}
	})
	envoytest.Eventually(t, "the nodes are as they should be", func() bool {
		time.Sleep(100 * time.Millisecond) // a caller may ask so often, and no more
		text = g.Ask(t, http.MethodGet, "/gateways/default/nodes", "")
		var nodes struct{ Items []deliver.Node }
		if err := json.Unmarshal(text, &nodes); err != nil {
			t.Fatal(err)
		}
		good := map[string]ability.Adapter{}
		for _, n := range nodes.Items {
			if n.State == deliver.Acknowledged && n.Running == n.Wanted &&
				n.Counters != nil && n.Counters.Revision == n.Running && n.Counters.Replies["MISSING_AUTHENTICATION_TOKEN.404"] > 0 {
				good[n.ID] = n.Adapter
			}
		}
		return len(nodes.Items) == len(want) && maps.Equal(good, want)
	})
}

// TestModuleInvalid is TestInvalid for the module: it takes a bad document, and its gauge says that it runs the one before.
func TestModuleInvalid(t *testing.T) {
	findModule(t)
	address, source, seen := gwrdtest.FreeAddress(t), newFleet(nil), delivertest.NewWatcher()
	serve(t, address, xds.Options{Source: source, Watcher: seen})
	p := startEnvoy(t, "edge-1", address, asModule)
	awaitReply(t, p, "revision 1")
	source.put(delivertest.Document(2, `{"mode": "on"}`))
	seen.Await(t, "edge-1", "seen with a bad document", func(n deliver.Node) bool {
		return n.State == deliver.Acknowledged && n.Running == 2 && n.Counters != nil && n.Counters.Invalid && n.Counters.Revision == 1
	})
	if got := reply(t, p); got != "revision 1" {
		t.Errorf("the reply is %q, want that of the document before", got)
	}
	source.put(says(3))
	awaitReply(t, p, "revision 3")
	seen.Await(t, "edge-1", "seen with a good document", func(n deliver.Node) bool {
		return n.Running == 3 && n.Counters != nil && !n.Counters.Invalid && n.Counters.Revision == 3
	})
}

// TestModuleRefusal is TestRefusal for the module, which the environment of Envoy tells to refuse.
func TestModuleRefusal(t *testing.T) {
	findModule(t)
	t.Setenv("GWR_ON_INVALID", "refuse")
	address, source, seen := gwrdtest.FreeAddress(t), newFleet(nil), delivertest.NewWatcher()
	serve(t, address, xds.Options{Source: source, Watcher: seen})
	p := startEnvoy(t, "edge-1", address, asModule)
	wantRefusal(t, p, source, seen)
}

// TestModuleMisnamed has an Envoy with the module ask for the wasm filter: it refuses that, and the server knows why.
func TestModuleMisnamed(t *testing.T) {
	findModule(t)
	address, seen := gwrdtest.FreeAddress(t), delivertest.NewWatcher()
	serve(t, address, xds.Options{Source: newFleet(nil), Watcher: seen})
	p := startEnvoy(t, "edge-1", address, asModule, func(o *envoy.Options) { o.Name = envoy.ResourceName("default") })
	node := seen.AwaitState(t, "edge-1", deliver.Refused, 1, 0)
	if !strings.Contains(node.Why, envoy.WasmFilter) {
		t.Errorf("Envoy said %q", node.Why)
	}
	if got := reply(t, p); got != "baked" {
		t.Errorf("the reply is %q, want that of default_config", got)
	}
}
