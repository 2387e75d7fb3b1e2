// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/envoyrun"
)

// Discovered returns the settings of the gateway that gets our filter from a file, which Discover writes.
func Discovered(path string) envoyrun.Settings {
	return envoyrun.Settings{Listeners: []envoyrun.Listener{
		{Name: "gateway", Filter: envoyrun.FilterDiscovered, Discovery: path},
	}}
}

// Discover delivers our filter, with the root_id and the plugin configuration of a listener, to each Envoy that reads path.
// Each delivery needs a version of its own.
func Discover(t *testing.T, path, version string, l envoyrun.Listener) {
	t.Helper()
	text, err := envoyrun.Discovery(Template, WithAdapter(Discovered(path)), l, version)
	if err != nil {
		t.Fatal(err)
	}
	if err := envoyrun.Replace(path, text); err != nil {
		t.Fatal(err)
	}
}

// listenersBegin and listenersEnd are around the gateway's listener in a configuration that is rendered.
const listenersBegin, listenersEnd = "  listeners:\n", "  # The upstream, which is this Envoy too.\n"

// cutListener takes the gateway's listener out of a configuration.
func cutListener(t *testing.T, s envoyrun.Settings) (before, listener, after string) {
	t.Helper()
	before, rest, found := strings.Cut(string(Render(t, s)), listenersBegin)
	listener, after, closed := strings.Cut(rest, listenersEnd)
	if !found || !closed {
		t.Fatal("envoy.yaml has no listener where it was")
	}
	return before + listenersBegin, listener, after
}

// DiscoveredListener makes the configuration of an Envoy that gets the gateway's listener from a file (LDS), which DiscoverListener writes.
func DiscoveredListener(t *testing.T, path string, s envoyrun.Settings) []byte {
	t.Helper()
	before, _, after := cutListener(t, s)
	// The anchor goes with the listener.
	after = strings.ReplaceAll(after, "*enabled", `{"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, config: {}}`)
	return []byte(before + after + "\ndynamic_resources: {lds_config: {resource_api_version: V3, path_config_source: {path: " + path + "}}}\n")
}

// DiscoverListener delivers the gateway's listener to each Envoy that reads path. Each delivery needs a version of its own.
func DiscoverListener(t *testing.T, path, version string, s envoyrun.Settings) {
	t.Helper()
	_, listener, _ := cutListener(t, s)
	const name, kind = "  - name: gateway\n", "  - \"@type\": type.googleapis.com/envoy.config.listener.v3.Listener\n    name: gateway\n"
	text := "version_info: " + strconv.Quote(version) + "\nresources:\n" + strings.Replace(listener, name, kind, 1)
	if err := envoyrun.Replace(path, []byte(text)); err != nil {
		t.Fatal(err)
	}
}
