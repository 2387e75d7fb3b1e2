// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// stateRows are the replies of an Envoy that is not well. They come last, because it stays so.
var stateRows = []provocation{
	{name: "health-fails", details: "health_check_failed", filter: "health-fails", before: (*provokedProxy).failHealth, envoy: "-"},
	{name: "overload", details: "overload", before: (*provokedProxy).overload, tries: 100, envoy: "-"},
}

// provokedProxy is an Envoy whose overload manager reads from a file how much it has to do, from 0 to 1.
type provokedProxy struct {
	*envoytest.Proxy
	pressure string
}

// overload writes 1 into the file. Envoy looks at it when something is renamed to it, and takes the value over some time
// later.
func (p *provokedProxy) overload(t *testing.T) {
	t.Helper()
	next := filepath.Join(filepath.Dir(p.pressure), "next")
	if err := os.WriteFile(next, []byte("1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, p.pressure); err != nil {
		t.Fatal(err)
	}
}

// failHealth makes Envoy say that it is not healthy.
func (p *provokedProxy) failHealth(t *testing.T) {
	t.Helper()
	envoytest.Clients[0].Send(t, "http://"+p.Envoy.Admin, envoytest.NewID(), envoytest.Request{Method: http.MethodPost, Path: "/healthcheck/fail"})
}

// newPressure returns a file that says 0.
func newPressure(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pressure")
	if err := os.WriteFile(path, []byte("0"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
