// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// TestRoutesFromFile has Envoy read its routes from a file (RDS), and changes the entry that they name while requests come
// in: each reply is of the one entry or of the other, and in the end all are of the new one.
func TestRoutesFromFile(t *testing.T) {
	envoytest.Holds(t)
	d := routeDiscovery{path: filepath.Join(t.TempDir(), "routes.yaml")}
	bootstrap, routes := d.split(t)
	d.deliver(t, "1", routes)
	settings := envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway"}}}
	p := envoytest.StartFrom(t, []byte(bootstrap), settings, "--service-node", "e2e", "--service-cluster", "e2e")
	ask := func() string {
		reply := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET / HTTP/1.1\r\nhost: a.partner.example.com\r\nconnection: close\r\n\r\n")
		return string(reply.Body)
	}
	const partner = `{"api":"partner","message":"no partner"}`
	if got := ask(); got != partner {
		t.Fatalf("before the change the body is %q, want %q", got, partner)
	}
	d.deliver(t, "2", strings.Replace(routes, "{route: partner}", "{route: reports}", 1))
	awaitChange(t, ask, partner, defaultBody)
}

// awaitChange asks until the answer is the new one, before which it must be the old one, and stays it.
func awaitChange(t *testing.T, ask func() string, before, after string) {
	t.Helper()
	envoytest.Eventually(t, "the new entry answers", func() bool {
		got := ask()
		if got != before && got != after {
			t.Fatalf("during the change the body is %q", got)
		}
		return got == after
	})
	for range 20 {
		if got := ask(); got != after {
			t.Fatalf("after the change the body is %q, want %q", got, after)
		}
	}
}

// routeDiscovery delivers route configurations in a file.
type routeDiscovery struct{ path string }

// split takes the gateway's routes out of envoy.yaml, and puts a reference to the file in their place.
func (d routeDiscovery) split(t *testing.T) (bootstrap, routes string) {
	t.Helper()
	const begin, end = "          route_config:\n", "  # end gateway\n"
	before, rest, found := strings.Cut(string(envoytest.Template), begin)
	routes, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatal("envoy.yaml has no routes where they were")
	}
	// The anchor goes with the routes.
	after = strings.ReplaceAll(after, "*enabled", `{"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, config: {}}`)
	return before + "          rds: {route_config_name: gateway, config_source: {resource_api_version: V3, path_config_source: {path: " + d.path + "}}}\n" +
		end + after, routes
}

// deliver writes a version of the routes. Envoy looks at a file when something is renamed to it.
func (d routeDiscovery) deliver(t *testing.T, version, routes string) {
	t.Helper()
	const kind = "          - \"@type\": type.googleapis.com/envoy.config.route.v3.RouteConfiguration\n"
	next := d.path + ".next"
	if err := os.WriteFile(next, []byte("version_info: \""+version+"\"\nresources:\n"+kind+routes), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, d.path); err != nil {
		t.Fatal(err)
	}
}
