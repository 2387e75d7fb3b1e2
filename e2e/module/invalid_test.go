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
	"gatewayresponses/internal/envoyrun"
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
	// text is what the file holds for a document.
	text func(t *testing.T, version, document string) string
}

// deliveries are ECDS and LDS.
var deliveries = []delivery{
	{"ECDS", startDiscovered, discoveredFilter},
	{"LDS", startDiscoveredListener, discoveredListener},
}

// deliver replaces a file.
func deliver(t *testing.T, path, text string) {
	t.Helper()
	if err := envoyrun.Replace(path, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// startDiscovered runs an Envoy that reads the filter from path.
func startDiscovered(t *testing.T, path string) *envoytest.Proxy {
	t.Helper()
	return envoytest.Start(t, envoyrun.Settings{NoCompanions: true, Listeners: []envoyrun.Listener{{
		Name: "gateway", Filter: envoyrun.FilterGiven, Given: `- name: gateway_responses
  config_discovery:
    config_source: {resource_api_version: V3, path_config_source: {path: ` + path + `}}
    type_urls: [type.googleapis.com/envoy.extensions.filters.http.dynamic_modules.v3.DynamicModuleFilter]
`,
	}}}, node...)
}

// node names an Envoy, as discovery asks for.
var node = []string{"--service-node", "e2e", "--service-cluster", "e2e"}

// discoveredFilter is what that file holds.
func discoveredFilter(_ *testing.T, version, document string) string {
	filter := strings.TrimPrefix(filterWith(document), "- name: gateway_responses\n")
	return "version_info: \"" + version + "\"\nresources:\n- \"@type\": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig\n  name: gateway_responses\n" + filter
}

// listenersBegin and listenersEnd are around the gateway's listener in a configuration that is rendered.
const listenersBegin, listenersEnd = "  listeners:\n", "  # The upstream, which is this Envoy too.\n"

// startDiscoveredListener runs an Envoy that reads the gateway's listener from path.
func startDiscoveredListener(t *testing.T, path string) *envoytest.Proxy {
	t.Helper()
	before, rest, _ := strings.Cut(rendered(t, red), listenersBegin)
	_, after, found := strings.Cut(rest, listenersEnd)
	if !found {
		t.Fatal("envoy.yaml has no listener where it was")
	}
	// The anchor goes with the listener.
	after = strings.ReplaceAll(after, "*enabled", `{"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, config: {}}`)
	return envoytest.StartConfig(t, []byte(before+listenersBegin+after+
		"\ndynamic_resources: {lds_config: {resource_api_version: V3, path_config_source: {path: "+path+"}}}\n"), node...)
}

// discoveredListener is what that file holds.
func discoveredListener(t *testing.T, version, document string) string {
	t.Helper()
	_, rest, _ := strings.Cut(rendered(t, document), listenersBegin)
	listener, _, _ := strings.Cut(rest, listenersEnd)
	return "version_info: \"" + version + "\"\nresources:\n" + strings.Replace(listener, "  - name: gateway\n",
		"  - \"@type\": type.googleapis.com/envoy.config.listener.v3.Listener\n    name: gateway\n", 1)
}

// rendered is the configuration of an Envoy with a document.
func rendered(t *testing.T, document string) string {
	t.Helper()
	return string(envoytest.Render(t, envoyrun.Settings{NoCompanions: true, Listeners: []envoyrun.Listener{
		{Name: "gateway", Filter: envoyrun.FilterGiven, Given: filterWith(document)},
	}}))
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
			deliver(t, path, d.text(t, "1", bad))
			p := d.start(t, path)
			for i, step := range []struct {
				document, want string
				gauge          int
			}{{bad, untouched, 1}, {red, "red", 0}, {bad, "red", 1}, {blue, "blue", 0}} {
				deliver(t, path, d.text(t, strconv.Itoa(i+2), step.document))
				wantGauge(t, p, step.gauge)
				awaitDenial(t, p, step.want)
			}
		})
	}
}

// TestRefusedListener holds that the gauge speaks of what Envoy goes on with: it has loaded the module of a listener by the time that it
// refuses the listener for another filter, and ends it again.
func TestRefusedListener(t *testing.T) {
	path := filepath.Join(t.TempDir(), "delivered.yaml")
	deliver(t, path, discoveredListener(t, "1", bad))
	p := startDiscoveredListener(t, path)
	awaitDenial(t, p, untouched)
	wantGauge(t, p, 1)
	// The router must be the last filter.
	const router = "          - name: envoy.filters.http.router\n"
	refused := strings.Replace(discoveredListener(t, "2", blue), router, router+`            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}`+"\n"+router, 1)
	deliver(t, path, refused)
	envoytest.Eventually(t, "the listener is refused", func() bool { return p.Stat(t, "listener_manager.lds.update_rejected") == 1 })
	if got := denial(t, p); got != untouched {
		t.Errorf("a denial says %q, want %q", got, untouched)
	}
	wantGauge(t, p, 1)
	deliver(t, path, discoveredListener(t, "3", blue))
	awaitDenial(t, p, "blue")
	wantGauge(t, p, 0)
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
			deliver(t, path, d.text(t, "1", red))
			p := d.start(t, path)
			awaitDenial(t, p, "red")
			deliver(t, path, d.text(t, "2", bad))
			envoytest.Eventually(t, "the log has the refusal", func() bool { return strings.Contains(p.Log.String(), "the document is refused") })
			awaitDenial(t, p, "red")
			wantGauge(t, p, 0)
			deliver(t, path, d.text(t, "3", blue))
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
	path := filepath.Join(t.TempDir(), "envoy.yaml")
	if err := os.WriteFile(path, []byte(rendered(t, document)), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), envoytest.EnvoyPath, append([]string{"-c", path, "--concurrency", "1", "--disable-hot-restart"}, args...)...)
	text, err := command.CombinedOutput()
	return string(text), err
}
