// SPDX-License-Identifier: Apache-2.0

package demo

import (
	"testing"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server"
)

// TestSetUpAgain holds that a server with more APIs than one part of their list has starts again with the pet store that it has, whatever
// that is called by then, and that one which somebody has deleted is made anew.
func TestSetUpAgain(t *testing.T) {
	ctx := t.Context()
	s, err := server.Open(ctx, server.Settings{
		Data: t.TempDir(), HTTP: server.Endpoint{Address: "127.0.0.1:0"}, XDS: server.Endpoint{Address: "127.0.0.1:0"}, Ops: "127.0.0.1:0",
		Account: "000000000000", Region: "us-east-1",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	c := s.Control()
	setUp := func() string {
		t.Helper()
		api, err := SetUp(ctx, c, "plugin.wasm")
		if err != nil || api == "" {
			t.Fatalf("the pet store is %q: %v", api, err)
		}
		return api
	}
	first := setUp()
	for range 60 {
		name := "shop"
		if _, err := c.CreateRestAPI(ctx, owner, apigateway.CreateRestAPIInput{Name: &name}); err != nil {
			t.Fatal(err)
		}
	}
	if again := setUp(); again != first {
		t.Errorf("the pet store is %s, want %s again", again, first)
	}
	name := "animals"
	if _, err := c.UpdateRestAPI(ctx, owner, apigateway.UpdateRestAPIInput{RestAPIID: first, PatchOperations: []apigateway.PatchOperation{{Op: "replace", Path: "/name", Value: name}}}); err != nil {
		t.Fatal(err)
	}
	if again := setUp(); again != first {
		t.Errorf("by another name the pet store is %s, want %s again", again, first)
	}
	if _, err := c.DeleteBasePathMapping(ctx, owner, apigateway.DeleteBasePathMappingInput{DomainName: control.AnyHost, BasePath: "(none)"}); err != nil {
		t.Fatal(err)
	}
	second := setUp()
	if bound, err := c.Binding(ctx, owner, control.AnyHost, ""); err != nil || second == first || bound.API != second {
		t.Errorf("%s is bound, and the pet store %s: %v", bound.API, second, err)
	}
	if _, err := c.DeleteBasePathMapping(ctx, owner, apigateway.DeleteBasePathMappingInput{DomainName: control.AnyHost, BasePath: "(none)"}); err != nil {
		t.Fatal(err)
	}
	if again := setUp(); again != second {
		t.Errorf("unbound, the pet store is %s, want %s again", again, second)
	}
}
