// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
	"gatewayresponses/internal/auth"
	domain "gatewayresponses/internal/control"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/store/storetest"
)

// admin may do everything.
var admin = domain.Caller{Name: "test", Rights: auth.Rights{Role: auth.Admin}}

// TestRollout brings a document to two Envoys, one of them first, by the domain of the server as it is.
func TestRollout(t *testing.T) {
	c := domain.New(storetest.New(t), domain.Options{Account: "123456789012", Region: "eu-central-1"})
	go func() { _ = c.Run(t.Context()) }()
	address := gwrdtest.FreeAddress(t)
	serve(t, address, xds.Options{Source: c, Watcher: c, Replica: "a"})
	gateway, err := c.Gateway(t.Context(), admin, "default")
	if err != nil {
		t.Fatal(err)
	}
	gateway.Plugin.File = envoytest.PluginPath
	gateway.Rollout = &domain.RolloutPlan{First: deliver.Selector{Nodes: []string{"canary-*"}}, AfterSeconds: 5}
	if _, err := c.PutGateway(t.Context(), admin, gateway); err != nil {
		t.Fatal(err)
	}
	canary, edge := startEnvoy(t, "canary-1", address), startEnvoy(t, "edge-1", address)
	awaitNode(t, c, "canary-1", func(n deliver.Node) bool { return n.State == deliver.Acknowledged })
	awaitNode(t, c, "edge-1", func(n deliver.Node) bool { return n.State == deliver.Acknowledged })
	before := reply(t, edge)

	if _, err := c.PutBase(t.Context(), admin, "default", baked); err != nil {
		t.Fatal(err)
	}
	awaitReply(t, canary, "baked")
	if got := reply(t, edge); got != before {
		t.Errorf("a node that is not first replies %q, want %q", got, before)
	}
	awaitReply(t, edge, "baked")
	first := awaitNode(t, c, "canary-1", func(n deliver.Node) bool { return n.Running == n.Wanted && n.Running > 0 && n.Counters != nil })
	awaitNode(t, c, "edge-1", func(n deliver.Node) bool { return n.Running == first.Running })
}

// awaitNode waits until what the domain knows of a node of gateway "default" is as wanted.
func awaitNode(t *testing.T, c *domain.Control, id string, holds func(deliver.Node) bool) (found deliver.Node) {
	t.Helper()
	envoytest.Eventually(t, "node "+id+" is as wanted", func() bool {
		known, err := c.Nodes(t.Context(), admin, "default")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range known {
			if n.ID == id && holds(n) {
				found = n
				return true
			}
		}
		return false
	})
	return found
}
