// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"path/filepath"
	"strconv"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// invalidMode is a document with a typing error.
const invalidMode = `{"mode": "on"}`

// kettle is a good document other than teapot.
const kettle = `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": "420", "responseTemplates": {"application/json": "{\"kettle\":1}"}}}}`

// TestDiscoveredInvalid has a fresh Envoy wait for its filter, which comes with a bad document: traffic passes untouched.
func TestDiscoveredInvalid(t *testing.T) {
	d := startDiscovered(t, invalidMode)
	wantUntouched(t, d.proxy, "gateway")
	wantInvalid(t, d.proxy, 1)
}

// TestDiscoveredUpdates sends documents one after another to a running Envoy: a bad one never costs the good one that
// went before, also when Envoy remembers its verdict on the same bytes.
func TestDiscoveredUpdates(t *testing.T) {
	t.Run("good then bad", func(t *testing.T) {
		d := startDiscovered(t, teapot)
		wantTeapot(t, d.proxy, "gateway")
		wantInvalid(t, d.proxy, 0)
		d.deliver(t, invalidMode)
		wantInvalid(t, d.proxy, 1)
		wantTeapot(t, d.proxy, "gateway")
	})
	t.Run("bad then good then the same bad again", func(t *testing.T) {
		d := startDiscovered(t, invalidMode)
		wantUntouched(t, d.proxy, "gateway")
		d.deliver(t, teapot)
		d.await(t, 418)
		wantInvalid(t, d.proxy, 0)
		d.deliver(t, invalidMode)
		wantInvalid(t, d.proxy, 1)
		wantTeapot(t, d.proxy, "gateway")
	})
	t.Run("good then bad then better", func(t *testing.T) {
		d := startDiscovered(t, teapot)
		d.deliver(t, invalidMode)
		wantInvalid(t, d.proxy, 1)
		d.deliver(t, kettle)
		d.await(t, 420)
		wantInvalid(t, d.proxy, 0)
	})
	t.Run("one of two listeners goes bad and recovers", func(t *testing.T) {
		d := startDiscovered(t, teapot, envoytest.Listener(t, "other", kettle))
		d.deliver(t, invalidMode)
		wantInvalid(t, d.proxy, 1)
		wantTeapot(t, d.proxy, "gateway")
		wantDenial(t, d.proxy, "other", 420, `{"kettle":1}`)
		d.deliver(t, kettle)
		d.await(t, 420)
		wantInvalid(t, d.proxy, 0)
	})
}

// TestDiscoveredUnderAnotherRoot gives a plugin with a bad document another root_id: the document is nobody's any more.
func TestDiscoveredUnderAnotherRoot(t *testing.T) {
	d := startDiscovered(t, invalidMode)
	wantInvalid(t, d.proxy, 1)
	d.deliverTo(t, "renamed", teapot)
	d.await(t, 418)
	wantInvalid(t, d.proxy, 0)
}

// discovery is an Envoy that reads its filter from a file.
type discovery struct {
	proxy   *envoytest.Proxy
	path    string
	version int
}

// startDiscovered starts an Envoy whose filter comes from a file, with its first document, and with further listeners.
func startDiscovered(t *testing.T, document string, further ...envoyrun.Listener) *discovery {
	t.Helper()
	d := &discovery{path: filepath.Join(t.TempDir(), "filter.yaml")}
	d.deliver(t, document)
	settings := envoytest.Discovered(d.path)
	settings.Listeners = append(settings.Listeners, further...)
	// Discovery wants an Envoy that has a name.
	d.proxy = envoytest.Start(t, settings, "--service-node", "e2e", "--service-cluster", "e2e")
	return d
}

// deliver sends the next document.
func (d *discovery) deliver(t *testing.T, document string) {
	t.Helper()
	d.deliverTo(t, "gateway", document)
}

// deliverTo sends the next document, to a plugin with a root_id.
func (d *discovery) deliverTo(t *testing.T, rootID, document string) {
	t.Helper()
	d.version++
	envoytest.Discover(t, d.path, strconv.Itoa(d.version), envoytest.Listener(t, rootID, document))
}

// await waits until a denial has a status.
func (d *discovery) await(t *testing.T, status int) {
	t.Helper()
	envoytest.Eventually(t, "a denial has status "+strconv.Itoa(status), func() bool {
		return denial(t, d.proxy, "gateway").Status == status
	})
}
