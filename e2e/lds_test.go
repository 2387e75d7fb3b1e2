// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestListenerFromFile has Envoy read the gateway's listener from a file (LDS), with the document inside, and delivers good
// and bad documents under load, as TestReloadUnderLoad does for the filter alone. Connections that are there keep the old
// listener while it drains. Until then Envoy does not load its document again when it comes back, so each has a number.
func TestListenerFromFile(t *testing.T) {
	l := listenerDiscovery{path: filepath.Join(t.TempDir(), "listener.yaml")}
	l.deliver(t, teapot)
	p := envoytest.StartConfig(t, l.bootstrap(t), "--service-node", "e2e", "--service-cluster", "e2e")
	await := func(status int) {
		envoytest.Eventually(t, "a denial has status "+strconv.Itoa(status), func() bool { return denial(t, p, "gateway").Status == status })
	}
	await(418)
	finish := startLoad(t, p)
	for range 3 {
		l.deliver(t, kettle)
		await(420)
		l.deliver(t, invalidMode)
		wantInvalid(t, p, 1)
		await(420)
		l.deliver(t, teapot)
		await(418)
		wantInvalid(t, p, 0)
	}
	finish()
}

// listenerDiscovery delivers the gateway's listener in a file.
type listenerDiscovery struct {
	path    string
	version int
}

// listenersBegin and listenersEnd are around the gateway's listener in a configuration that is rendered.
const listenersBegin, listenersEnd = "  listeners:\n", "  # The upstream, which is this Envoy too.\n"

// cut takes the gateway's listener out of a configuration with a document.
func (l *listenerDiscovery) cut(t *testing.T, document string) (before, listener, after string) {
	t.Helper()
	config := string(envoytest.Render(t, envoytest.Gateway(t, document)))
	before, rest, found := strings.Cut(config, listenersBegin)
	listener, after, closed := strings.Cut(rest, listenersEnd)
	if !found || !closed {
		t.Fatal("envoy.yaml has no listener where it was")
	}
	return before + listenersBegin, listener, after
}

// bootstrap is envoy.yaml without the gateway's listener, which comes from the file.
func (l *listenerDiscovery) bootstrap(t *testing.T) []byte {
	t.Helper()
	before, _, after := l.cut(t, teapot)
	// The anchor goes with the listener.
	after = strings.ReplaceAll(after, "*enabled", `{"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, config: {}}`)
	return []byte(before + after + "\ndynamic_resources: {lds_config: {resource_api_version: V3, path_config_source: {path: " + l.path + "}}}\n")
}

// deliver writes the listener with a document. Envoy looks at a file when something is renamed to it.
func (l *listenerDiscovery) deliver(t *testing.T, document string) {
	t.Helper()
	l.version++
	_, listener, _ := l.cut(t, strings.Replace(document, "{", fmt.Sprintf(`{"x-version": %d, `, l.version), 1))
	const name, kind = "  - name: gateway\n", "  - \"@type\": type.googleapis.com/envoy.config.listener.v3.Listener\n    name: gateway\n"
	text := "version_info: \"" + strconv.Itoa(l.version) + "\"\nresources:\n" + strings.Replace(listener, name, kind, 1)
	if err := os.WriteFile(l.path+".next", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(l.path+".next", l.path); err != nil {
		t.Fatal(err)
	}
}
