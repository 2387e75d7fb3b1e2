// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

// buildProbe builds the plugin of internal/probe and compiles it, once.
var buildProbe = sync.OnceValues(func() (*Module, error) {
	folder, err := os.MkdirTemp("", "probe")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	file := filepath.Join(folder, "probe.wasm")
	build := exec.Command("go", "build", "-buildmode=c-shared", "-ldflags=-s -w", "-o", file, "./internal/probe")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", build, err, out)
	}
	wasm, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return Compile(context.Background(), wasm)
})

// probe returns a host that runs the probe, with a script for on_configure.
func probe(t *testing.T, options Options, configuration string) *Host {
	t.Helper()
	module, err := buildProbe()
	if err != nil {
		t.Fatal(err)
	}
	host := module.NewHost(options)
	t.Cleanup(func() {
		if err := host.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := host.Configure([]byte(configuration)); err != nil {
		t.Fatal(err)
	}
	return host
}

// scripts are what the probe does in the callbacks of a stream.
type scripts struct {
	request, response, trailers, log string
	// body has a script for each chunk.
	body []string
}

// exchange is a GET that gets a local reply "403 denied", and carries the scripts.
func (s scripts) exchange() Exchange {
	request := headerLines(":method: GET\n:path: /pets?limit=5#top\n:authority: example.com\n:scheme: https")
	add := func(name, script string) {
		if script != "" {
			request = append(request, facts.Header{Name: "probe-" + name, Value: script})
		}
	}
	add("request-headers", s.request)
	add("response-headers", s.response)
	add("response-trailers", s.trailers)
	add("log", s.log)
	for i, script := range s.body {
		add(fmt.Sprint("response-body-", i+1), script)
	}
	return Exchange{Facts: facts.Facts{
		Request: facts.Request{Headers: request},
		Reply: facts.Reply{
			Status: 403, Details: "denied by test", HasBody: true, Body: []byte("denied"),
			Headers: headerLines("content-type: text/plain\nx-a: 1\nx-a: 2"),
		},
	}}
}

// headerLines reads header lines, "name: value", one each line.
func headerLines(text string) facts.Headers {
	var headers facts.Headers
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		at := strings.Index(line[1:], ":") + 1
		headers = append(headers, facts.Header{Name: line[:at], Value: strings.TrimPrefix(line[at+1:], " ")})
	}
	return headers
}

// untouched is how show prints the reply of scripts.exchange when the plugin changes nothing.
const untouched = `
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
< content-length: 6
"denied"
details denied_by_test`

// show prints what the plugin logged and what became of the exchange.
func show(host *Host, outcome Outcome) string {
	var b strings.Builder
	for _, line := range host.Logs() {
		if line.Level != "info" {
			fmt.Fprintf(&b, "[%s] ", line.Level)
		}
		fmt.Fprintln(&b, line.Message)
	}
	for _, line := range outcome.Headers {
		fmt.Fprintf(&b, "< %s: %s\n", line.Name, line.Value)
	}
	if outcome.Body != nil {
		fmt.Fprintf(&b, "%q\n", outcome.Body)
	}
	for _, line := range outcome.Trailers {
		fmt.Fprintf(&b, "> %s: %s\n", line.Name, line.Value)
	}
	fmt.Fprintln(&b, "details", outcome.Details)
	for _, flag := range []struct {
		name string
		set  bool
	}{
		{"bypassed", outcome.Bypassed},
		{"nested", outcome.Nested},
		{"hang", outcome.Hang},
		{"reset", outcome.Reset},
		{"trap", outcome.Trap != nil},
	} {
		if flag.set {
			fmt.Fprintln(&b, flag.name)
		}
	}
	for _, fault := range outcome.Faults {
		fmt.Fprintln(&b, "fault", fault)
	}
	return b.String()
}

// compare compares what show prints with want, without regard to blank lines around.
func compare(t *testing.T, want, got string) {
	t.Helper()
	lines := func(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") }
	if diff := cmp.Diff(lines(want), lines(got)); diff != "" {
		t.Errorf("what happens (-want +got):\n%s\ngot:\n%s", diff, got)
	}
}

// behaviour is one exchange, and what show prints of it.
type behaviour struct {
	name    string
	scripts scripts
	// change changes the exchange, and options the host.
	change  func(*Exchange)
	options Options
	want    string
}

func runAll(t *testing.T, behaviours []behaviour) {
	t.Helper()
	for _, test := range behaviours {
		t.Run(test.name, func(t *testing.T) {
			host := probe(t, test.options, "")
			exchange := test.scripts.exchange()
			if test.change != nil {
				test.change(&exchange)
			}
			compare(t, test.want, show(host, host.Do(exchange)))
		})
	}
}
