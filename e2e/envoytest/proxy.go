// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"

	"gatewayresponses/internal/envoyrun"
	"gatewayresponses/internal/waittest"
)

const (
	// StartTimeout is how long an Envoy with many listeners may take to be ready, on a machine that is busy with other tests.
	StartTimeout = 2 * time.Minute
	// EventTimeout is how long anything may take that follows a request, such as its line in the access log.
	EventTimeout = waittest.Soon
)

// HTTPFilters is the package of the types of all HTTP filters, as a type URL.
const HTTPFilters = "type.googleapis.com/envoy.extensions.filters.http."

// Proxy is a running Envoy.
type Proxy struct {
	Envoy *envoyrun.Envoy
	// Access is the access log, Log what Envoy and the filters say.
	Access, Log *Buffer
}

// oneWorker is how most Envoys run.
var oneWorker = []string{"--concurrency", "1"}

// Start runs Envoy with one worker, or with args that say otherwise, until the test ends. When the test has failed by
// then, it prints Envoy's log.
func Start(t *testing.T, s envoyrun.Settings, args ...string) *Proxy {
	t.Helper()
	return StartFrom(t, Template, s, args...)
}

// StartFrom is Start with another text than that of envoy.yaml.
func StartFrom(t *testing.T, template []byte, s envoyrun.Settings, args ...string) *Proxy {
	t.Helper()
	return start(t, RenderFrom(t, template, s), WithAdapter(s).Environ(), args)
}

// WithAdapter fills in what runs the documents: Adapter, from its file in dist unless there is another one.
func WithAdapter(s envoyrun.Settings) envoyrun.Settings {
	s.Adapter, s.Plugin = Adapter, cmp.Or(s.Plugin, PluginPath)
	return s
}

// Render makes the configuration of an Envoy.
func Render(t *testing.T, s envoyrun.Settings) []byte {
	t.Helper()
	return RenderFrom(t, Template, s)
}

// RenderFrom is Render with another text than that of envoy.yaml.
func RenderFrom(t *testing.T, template []byte, s envoyrun.Settings) []byte {
	t.Helper()
	config, err := envoyrun.Render(template, WithAdapter(s))
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// RenderFile makes a configuration of a file that is a text/template. Its function indent puts blanks before each line of a text.
func RenderFile(t *testing.T, path string, data any) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := template.New(path).Funcs(template.FuncMap{"indent": indent}).Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	var config bytes.Buffer
	if err := parsed.Execute(&config, data); err != nil {
		t.Fatal(err)
	}
	return config.Bytes()
}

// indent puts n blanks before each line.
func indent(n int, text string) string {
	blanks := strings.Repeat(" ", n)
	return blanks + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+blanks)
}

// Filter is our filter as envoy.yaml has it, with a root_id and a document of its own, as an element of http_filters without indent.
func Filter(t *testing.T, rootID, document string) string {
	t.Helper()
	text, err := envoyrun.FilterText(Template, WithAdapter(envoyrun.Settings{}), Listener(t, rootID, document))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// StartConfig is Start for a configuration that is rendered.
func StartConfig(t *testing.T, config []byte, args ...string) *Proxy {
	t.Helper()
	return start(t, config, WithAdapter(envoyrun.Settings{}).Environ(), args)
}

// start runs Envoy until the test ends.
func start(t *testing.T, config []byte, environ, args []string) *Proxy {
	t.Helper()
	p := &Proxy{Access: &Buffer{}, Log: &Buffer{}}
	ctx, cancel := context.WithTimeout(t.Context(), StartTimeout)
	defer cancel()
	var err error
	if !slices.Contains(args, oneWorker[0]) {
		args = slices.Concat(oneWorker, args)
	}
	p.Envoy, err = envoyrun.Start(ctx, envoyrun.Command{
		Path: EnvoyPath, Config: config, Args: args, Environ: environ,
		Stdout: p.Access, Stderr: p.Log,
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, p.Log)
	}
	t.Cleanup(func() {
		if err := p.Envoy.Stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("Envoy's log:\n%s", p.Log)
		}
	})
	return p
}

// Gateway returns the settings of the gateway with a document.
func Gateway(t *testing.T, document string) envoyrun.Settings {
	t.Helper()
	configuration, err := envoyrun.StringValue([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway", Configuration: configuration}}}
}

// Listener is a gateway with a name and a document.
func Listener(t *testing.T, name, document string) envoyrun.Listener {
	t.Helper()
	l := Gateway(t, document).Listeners[0]
	l.Name = name
	return l
}

// Address is where a listener listens.
func (p *Proxy) Address(t *testing.T, listener string) string {
	t.Helper()
	address, err := p.Envoy.Address(listener)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// Stat returns the value of a counter or gauge, 0 when Envoy does not have it.
func (p *Proxy) Stat(t *testing.T, name string) int {
	t.Helper()
	text, err := p.Envoy.Ask("/stats?filter=^" + regexp.QuoteMeta(name) + "$")
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

// Eventually waits until what holds, for as long as an event may take.
func Eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	waittest.Until(t, what, holds)
}
