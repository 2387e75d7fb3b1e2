// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"fmt"
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
	p := envoytest.StartConfig(t, envoytest.DiscoveredListener(t, l.path, envoytest.Gateway(t, teapot)), "--service-node", "e2e", "--service-cluster", "e2e")
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

// deliver writes the listener with a document.
func (l *listenerDiscovery) deliver(t *testing.T, document string) {
	t.Helper()
	l.version++
	numbered := strings.Replace(document, "{", fmt.Sprintf(`{"x-version": %d, `, l.version), 1)
	envoytest.DiscoverListener(t, l.path, strconv.Itoa(l.version), envoytest.Gateway(t, numbered))
}
