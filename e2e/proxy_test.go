// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/envoyrun"
)

const (
	// startTimeout is how long an Envoy with many listeners may take to be ready, on a machine that is busy with other tests.
	startTimeout = 2 * time.Minute
	// eventTimeout is how long anything may take that follows a request, such as its line in the access log.
	eventTimeout = 20 * time.Second
	// pollInterval is how often such a thing is looked for.
	pollInterval = 5 * time.Millisecond
)

// proxy is a running Envoy.
type proxy struct {
	envoy *envoyrun.Envoy
	// access is the access log, log what Envoy and the filters say.
	access, log *buffer
}

// oneWorker is how most Envoys run.
var oneWorker = []string{"--concurrency", "1"}

// start runs Envoy with one worker, or with args that say otherwise, until the test ends. When the test has failed by
// then, it prints Envoy's log.
func start(t *testing.T, s envoyrun.Settings, args ...string) *proxy {
	t.Helper()
	return startFrom(t, template, s, args...)
}

// startFrom is start with another text than that of envoy.yaml.
func startFrom(t *testing.T, template []byte, s envoyrun.Settings, args ...string) *proxy {
	t.Helper()
	return startConfig(t, renderFrom(t, template, s), args...)
}

// render makes the configuration of an Envoy.
func render(t *testing.T, s envoyrun.Settings) []byte {
	t.Helper()
	return renderFrom(t, template, s)
}

// renderFrom is render with another text than that of envoy.yaml.
func renderFrom(t *testing.T, template []byte, s envoyrun.Settings) []byte {
	t.Helper()
	s.Plugin = pluginPath
	config, err := envoyrun.Render(template, s)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// startConfig is start for a configuration that is rendered.
func startConfig(t *testing.T, config []byte, args ...string) *proxy {
	t.Helper()
	p := &proxy{access: &buffer{}, log: &buffer{}}
	ctx, cancel := context.WithTimeout(t.Context(), startTimeout)
	defer cancel()
	var err error
	if !slices.Contains(args, oneWorker[0]) {
		args = slices.Concat(oneWorker, args)
	}
	p.envoy, err = envoyrun.Start(ctx, envoyrun.Command{
		Path: envoyPath, Config: config, Args: args,
		Stdout: p.access, Stderr: p.log,
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, p.log)
	}
	t.Cleanup(func() {
		if err := p.envoy.Stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("Envoy's log:\n%s", p.log)
		}
	})
	return p
}

// gateway returns the settings of the gateway with a document.
func gateway(t *testing.T, document string) envoyrun.Settings {
	t.Helper()
	configuration, err := envoyrun.StringValue([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway", Configuration: configuration}}}
}

// discovered returns the settings of the gateway that gets our filter from a file, which discover writes.
func discovered(path string) envoyrun.Settings {
	return envoyrun.Settings{Listeners: []envoyrun.Listener{
		{Name: "gateway", Filter: envoyrun.FilterDiscovered, Discovery: path},
	}}
}

// discover delivers our filter, with the root_id and the plugin configuration of a listener, to each Envoy that reads path.
// Each delivery needs a version of its own.
func discover(t *testing.T, path, version string, l envoyrun.Listener) {
	t.Helper()
	s := discovered(path)
	s.Plugin = pluginPath
	text, err := envoyrun.Discovery(template, s, l, version)
	if err != nil {
		t.Fatal(err)
	}
	next := filepath.Join(filepath.Dir(path), "next.yaml")
	if err := os.WriteFile(next, text, 0o600); err != nil {
		t.Fatal(err)
	}
	// Envoy looks at a file when something is renamed to it.
	if err := os.Rename(next, path); err != nil {
		t.Fatal(err)
	}
}

// address is where a listener listens.
func (p *proxy) address(t *testing.T, listener string) string {
	t.Helper()
	address, err := p.envoy.Address(listener)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// stat returns the value of a counter or gauge, 0 when Envoy does not have it.
func (p *proxy) stat(t *testing.T, name string) int {
	t.Helper()
	text, err := p.envoy.Ask("/stats?filter=^" + regexp.QuoteMeta(name) + "$")
	if err != nil {
		t.Fatal(err)
	}
	_, value, found := strings.Cut(strings.TrimSpace(string(text)), ": ")
	if !found {
		return 0
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return n
}

// eventually waits until what holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(eventTimeout); !holds(); time.Sleep(pollInterval) {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s in vain: %s", eventTimeout, what)
		}
	}
}
