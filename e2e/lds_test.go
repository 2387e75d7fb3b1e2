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

// TestRefusedListener holds that the gauges speak of what Envoy goes on with: it has loaded the filter of a listener by the time that it
// refuses the listener for another one, and ends it again.
func TestRefusedListener(t *testing.T) {
	l := listenerDiscovery{path: filepath.Join(t.TempDir(), "listener.yaml")}
	l.deliver(t, invalidMode)
	p := envoytest.StartConfig(t, envoytest.DiscoveredListener(t, l.path, envoytest.Gateway(t, teapot)),
		"--service-node", "e2e", "--service-cluster", "e2e", "--concurrency", "2")
	want := func(invalid, revision int) {
		t.Helper()
		wantInvalid(t, p, invalid)
		envoytest.Eventually(t, "the revision is "+strconv.Itoa(revision), func() bool { return p.Counter(t, envoytest.Revision("gateway")) == revision })
	}
	refused := 0
	refuse := func(document string) {
		t.Helper()
		refused++
		l.behind = secondRouter
		l.deliver(t, document)
		l.behind = ""
		envoytest.Eventually(t, "the listener is refused", func() bool { return p.Stat(t, "listener_manager.lds.update_rejected") == refused })
	}
	want(1, 0)
	refuse(`{"revision": 8}`)
	want(1, 0)
	l.deliver(t, `{"revision": 9}`)
	want(0, 9)
	refuse(`{"revision": 10}`)
	want(0, 9)
	refuse(invalidMode)
	want(0, 9)
}

// secondRouter makes Envoy refuse a listener: a router must be the last filter.
const secondRouter = `- name: envoy.filters.http.router
  typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
`

// listenerDiscovery delivers the gateway's listener in a file.
type listenerDiscovery struct {
	path    string
	version int
	// behind are further filters, as in envoyrun.Settings.
	behind string
}

// deliver writes the listener with a document.
func (l *listenerDiscovery) deliver(t *testing.T, document string) {
	t.Helper()
	l.version++
	numbered := strings.Replace(document, "{", fmt.Sprintf(`{"x-version": %d, `, l.version), 1)
	s := envoytest.Gateway(t, numbered)
	s.Behind = l.behind
	envoytest.DiscoverListener(t, l.path, strconv.Itoa(l.version), s)
}
