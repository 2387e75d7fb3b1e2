// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// Documents that answer a denial, and one that is bad.
const (
	red  = `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "red"}}}}`
	blue = `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "blue"}}}}`
	bad  = `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 42}}}`
	// untouched is what Envoy itself says.
	untouched = "RBAC: access denied"
)

// onInvalid is the variable by which Envoy refuses bad documents.
const onInvalid = "GWR_ON_INVALID"

// awaitDenial waits until a denial has a body.
func awaitDenial(t *testing.T, p *envoytest.Proxy, want string) {
	t.Helper()
	envoytest.Eventually(t, "a denial says "+want, func() bool { return denial(t, p) == want })
}

// denial is the body of one.
func denial(t *testing.T, p *envoytest.Proxy) string {
	t.Helper()
	url := "http://" + p.Address(t, "gateway")
	return string(envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/rbac"}).Body)
}

// wantGauge waits until the gauge of bad documents has a value.
func wantGauge(t *testing.T, p *envoytest.Proxy, want int) {
	t.Helper()
	envoytest.Eventually(t, "config_invalid is "+strconv.Itoa(want), func() bool {
		return p.Stat(t, "dynamicmodulescustom.gateway_responses.config_invalid") == want
	})
}

// delivery is a way in which a running Envoy gets documents, from a file.
type delivery struct {
	name string
	// start runs an Envoy that reads path.
	start func(t *testing.T, path string) *envoytest.Proxy
	// deliver writes a document there.
	deliver func(t *testing.T, path, version, document string)
}

// deliveries are ECDS and LDS.
var deliveries = []delivery{
	{"ECDS", startDiscovered, discover},
	{"LDS", startDiscoveredListener, discoverListener},
}

// startDiscovered runs an Envoy that reads the filter from path.
func startDiscovered(t *testing.T, path string) *envoytest.Proxy {
	t.Helper()
	s := envoytest.Discovered(path)
	s.NoCompanions = true
	return envoytest.Start(t, s, node...)
}

// node names an Envoy, as discovery asks for.
var node = []string{"--service-node", "e2e", "--service-cluster", "e2e"}

// discover delivers the filter with a document.
func discover(t *testing.T, path, version, document string) {
	t.Helper()
	envoytest.Discover(t, path, version, envoytest.Listener(t, "gateway", document))
}

// startDiscoveredListener runs an Envoy that reads the gateway's listener from path.
func startDiscoveredListener(t *testing.T, path string) *envoytest.Proxy {
	t.Helper()
	return envoytest.StartConfig(t, envoytest.DiscoveredListener(t, path, gateway(t, red)), node...)
}

// discoverListener delivers the listener with a document.
func discoverListener(t *testing.T, path, version, document string) {
	t.Helper()
	envoytest.DiscoverListener(t, path, version, gateway(t, document))
}

// TestBadDocument holds that a bad document stops nothing, however it comes: before a good one all replies pass, after one that goes on.
func TestBadDocument(t *testing.T) {
	t.Run("static", func(t *testing.T) {
		p, _ := start(t, bad)
		awaitDenial(t, p, untouched)
		wantGauge(t, p, 1)
		if want := "42 is not an HTTP status"; !strings.Contains(p.Log.String(), want) {
			t.Errorf("the log has no %q", want)
		}
	})
	for _, d := range deliveries {
		t.Run(d.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "delivered.yaml")
			d.deliver(t, path, "1", bad)
			p := d.start(t, path)
			for i, step := range []struct {
				document, want string
				gauge          int
			}{{bad, untouched, 1}, {red, "red", 0}, {bad, "red", 1}, {blue, "blue", 0}} {
				d.deliver(t, path, strconv.Itoa(i+2), step.document)
				wantGauge(t, p, step.gauge)
				awaitDenial(t, p, step.want)
			}
		})
	}
}

// TestRefused holds what Envoy does when it is to refuse bad documents: it does not start with one, and a running one keeps what it has.
func TestRefused(t *testing.T) {
	t.Setenv(onInvalid, "refuse")
	t.Run("static", func(t *testing.T) {
		if out, err := validate(t, bad, "--mode", "serve"); err == nil || !strings.Contains(out, "the document is refused") {
			t.Errorf("Envoy starts: %v\n%s", err, out)
		}
	})
	for _, d := range deliveries {
		t.Run(d.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "delivered.yaml")
			d.deliver(t, path, "1", red)
			p := d.start(t, path)
			awaitDenial(t, p, "red")
			d.deliver(t, path, "2", bad)
			envoytest.Eventually(t, "the log has the refusal", func() bool { return strings.Contains(p.Log.String(), "the document is refused") })
			awaitDenial(t, p, "red")
			wantGauge(t, p, 0)
			d.deliver(t, path, "3", blue)
			awaitDenial(t, p, "blue")
		})
	}
}

// TestValidate holds that Envoy which only checks its configuration refuses a bad document, and takes a good one.
func TestValidate(t *testing.T) {
	if out, err := validate(t, red, "--mode", "validate"); err != nil {
		t.Errorf("a good document: %v\n%s", err, out)
	}
	out, err := validate(t, bad, "--mode", "validate")
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(out, "42 is not an HTTP status") {
		t.Errorf("a bad document: %v\n%s", err, out)
	}
}

// validate runs Envoy with a document and returns what it says.
func validate(t *testing.T, document string, args ...string) (out string, err error) {
	t.Helper()
	s := gateway(t, document)
	path := filepath.Join(t.TempDir(), "envoy.yaml")
	if err := os.WriteFile(path, envoytest.Render(t, s), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), envoytest.EnvoyPath, append([]string{"-c", path, "--concurrency", "1", "--disable-hot-restart"}, args...)...)
	command.Env = append(os.Environ(), envoytest.WithAdapter(s).Environ()...)
	text, err := command.CombinedOutput()
	return string(text), err
}
