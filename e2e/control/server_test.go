// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"context"
	"fmt"
	"net"
	"sync"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/deliver/xds"
)

// serve delivers at an address until the test ends, or until stop.
func serve(t *testing.T, address string, o xds.Options) (stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- xds.New(o).Serve(ctx, l) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// fleet is a source of one gateway, "default".
type fleet struct {
	*delivertest.Source
	plugin deliver.Plugin
}

// newFleet begins with revision 1 of says.
func newFleet(environment map[string]string) *fleet {
	f := &fleet{delivertest.NewSource(), deliver.Plugin{File: envoytest.PluginPath, Environment: environment}}
	f.put(says(1))
	return f
}

// put delivers a document.
func (f *fleet) put(d deliver.Document) {
	f.Set(deliver.Fleet{Gateway: "default", Plugin: f.plugin, Stable: d})
}

// says is a revision with which a path without a route says its number.
func says(revision int64) deliver.Document {
	return delivertest.Document(revision, fmt.Sprintf(`{"revision": %d, "gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "revision %d"}}}}`, revision, revision))
}
